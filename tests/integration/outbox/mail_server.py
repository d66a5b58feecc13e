"""A real mail server of the tests' own, which does what it is told to."""

import asyncio
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from svarhus.ports.mail import MailServer

USER, PASSWORD = "anna", "correct horse"


@dataclass
class Mailroom:
    """What has come in, and how the next mails are answered."""

    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """Replies to the next mails, one after the other: `451 later`; or `cut`, taken and then no answer."""
    refused: str = ""
    """A receiver who is not known here."""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refused:
            return "550 5.1.1 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") or answer == "cut":
            self.taken.append(message_from_bytes(cast(bytes, envelope.original_content), policy=default))
        if answer == "cut":
            cast(asyncio.Transport, server.transport).abort()
            await asyncio.sleep(0)
        return answer

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.taken]


class MailHouse:
    """The server, which can be closed and opened again on its port."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None, *, knows_users: bool = False) -> None:
        self.room = Mailroom()
        self.port = port
        self._tls = tls
        self._knows_users = knows_users
        self._controller: Controller | None = None

    def settings(self, **more: str) -> MailServer:
        return MailServer("localhost", self.port, "starttls" if self._tls else "none", **more)

    def open(self) -> None:
        self._controller = Controller(
            self.room,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=self._tls,
            authenticator=_let_in if self._knows_users else None,
            auth_required=self._knows_users,
            auth_require_tls=False,
        )
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


def _let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
