"""No line of a log opens a door."""

import json
import secrets
import subprocess
import sys

import pytest

from svarhus.app.secrecy import MASK, masked, without_secrets
from svarhus.domains.boards.service import PREFIX as BOARD
from svarhus.domains.organisation.secrets import made_up
from svarhus.domains.signin.tokens import PREFIX

SECRET = secrets.token_urlsafe(24) + "aB1"

LINES = [
    f'127.0.0.1:4711 - "WebSocket /ws/sip?guest={SECRET}" [accepted]',
    f"GET /ws/sip?a=b&guest={SECRET}&c=d",
    f"token {PREFIX}{SECRET} was refused",
    f"{BOARD}{SECRET}",
    f"Authorization: Bearer {SECRET}",
    f"> Authorization: Basic {SECRET}=",
    f"Cookie: svarhus_session={SECRET}; other=1",
    f"{{'token': '{SECRET}'}}",
    f'{{"token": "{SECRET}", "a": 1}}',
    f"http://svarhus:{SECRET}@127.0.0.1:8088/ari",
    f"postgresql://svarhus:{SECRET}@db/svarhus",
    f"/invitation#{SECRET}",
    f"https://push.example/send/{SECRET}",
    f'Digest username="1001", nonce="1/f00d", response="{SECRET}"',
]


@pytest.mark.parametrize("line", LINES)
def test_what_opens_a_door_is_masked(line: str) -> None:
    shown = without_secrets(line)
    assert SECRET not in shown
    assert MASK in shown


@pytest.mark.parametrize("name", ["password", "phone_password", "secret", "ticket", "api_key"])
def test_a_short_secret_is_known_by_its_name(name: str) -> None:
    secret = made_up(8)
    assert secret not in without_secrets(f"{name}={secret} was wrong")
    assert secret not in without_secrets(json.dumps({name: secret}))


@pytest.mark.parametrize(
    "line",
    [
        "ari: POST channels/*/play took 5.3 s, and 16 behind it waited",
        "sip edge: ChallengeResponseFailed from 198.51.100.7, account 1001, for 3600 s",
        "2026-11-29T00:12:13.123456Z",
        "/work/svarhus/src/svarhus/adapters/asterisk/browser_line.py",
        "PJSIP/1001-00000001 3f2c8a7e-1b2d-4c3e-9f8a-7b6c5d4e3f2a",
        "asyncpg.exceptions.ConnectionDoesNotExistError: connection was closed in the middle of operation",
        "status code: 503",
    ],
)
def test_what_an_operator_needs_is_kept(line: str) -> None:
    assert without_secrets(line) == line


def test_the_inside_of_a_traceback_is_masked_too() -> None:
    frames = [{"exc_value": f"no such token {SECRET}", "frames": [{"line": f"x = {SECRET!r}", "lineno": 3}]}]
    assert SECRET not in json.dumps(masked({"exception": frames, "password": "abc"}))
    assert "abc" not in json.dumps(masked({"password": "abc"}))


SCRIPT = """
import logging, sys, structlog
from svarhus.app.log_lines import write_json_lines
write_json_lines("debug")
secret = sys.argv[1]
structlog.get_logger().info("told", address=f"/ws/sip?guest={secret}", password=secret)
logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "127.0.0.1", f"/ws/sip?guest={secret}")
logging.getLogger("any.library").warning("signed in with %s", secret)
try:
    raise ValueError(secret)
except ValueError:
    structlog.get_logger().exception("broken")
    logging.getLogger("any.library").exception("broken")
"""


def test_no_logger_writes_one_whoever_it_belongs_to() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT, SECRET], capture_output=True, text=True, check=True)
    assert len(told.stdout.splitlines()) == 5
    assert SECRET not in told.stdout + told.stderr
