"""Notices go to push services and nowhere else."""

import pytest

from svarhus.adapters.webpush.identity import Identity
from svarhus.adapters.webpush.sender import WebPushSender
from svarhus.app.settings import PUSH_SERVICES
from svarhus.kit.clock import SystemClock

SENDER = WebPushSender(Identity("0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", ""), PUSH_SERVICES, SystemClock())


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
    ],
)
def test_push_services_are_known(endpoint: str) -> None:
    assert SENDER.may_send_to(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://fcm.googleapis.com@127.0.0.1/abc",
        "https://127.0.0.1:5432/",
        "https://evil.example/web.push.apple.com",
        "https://evil.example#.push.apple.com",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_else_is_called(endpoint: str) -> None:
    assert not SENDER.may_send_to(endpoint)
