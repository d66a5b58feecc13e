"""Hands mail over to a server. A connection for each: mails are few, and a server's patience is short."""

import asyncio

import aiosmtplib
import structlog
from aiosmtplib import errors

from svarhus.adapters.smtp.writing import written
from svarhus.ports.mail import Mail, MailServer
from svarhus.ports.sending import NotSent, Why

log = structlog.get_logger()

TIME_LIMIT = 50.0
"""Seconds for all of it."""
STEP_LIMIT = 20.0


class SmtpSender:
    """See `ports.mail.MailSender`."""

    def __init__(self, server: MailServer, *, time_limit: float = TIME_LIMIT) -> None:
        self._server = server
        self._time_limit = time_limit

    async def send(self, mail: Mail) -> None:
        message, server = written(mail), self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=min(STEP_LIMIT, self._time_limit),
        )
        handing_over = False
        try:
            async with asyncio.timeout(self._time_limit):
                await client.connect()
                if server.user:
                    await client.login(server.user, server.password)
                handing_over = True
                await client.send_message(message, sender=mail.sender, recipients=[mail.receiver])
        except (errors.SMTPException, OSError, TimeoutError) as error:
            raise _not_sent(error, handing_over=handing_over) from error
        finally:
            client.close()


def _not_sent(error: Exception, *, handing_over: bool) -> NotSent:
    said = str(error)[:300]
    match error:
        case errors.SMTPAuthenticationError():
            return NotSent(Why.SIGN_IN_REFUSED, said)
        case errors.SMTPRecipientsRefused():
            return NotSent(*_of_replies(error))
        case errors.SMTPResponseException():
            return NotSent(_of(error.code, Why.MESSAGE_REFUSED), said)
        case errors.SMTPNotSupported():
            return NotSent(Why.MESSAGE_REFUSED if handing_over else Why.SIGN_IN_REFUSED, said)
        case _:
            return NotSent(Why.NO_ANSWER if handing_over else Why.NOT_REACHED, said or type(error).__name__)


def _of_replies(refused: errors.SMTPRecipientsRefused) -> tuple[Why, str]:
    reply = refused.recipients[0]
    return _of(reply.code, Why.RECEIVER_REFUSED), f"{reply.code} {reply.message}"[:300]


def _of(code: int, refused: Why) -> Why:
    """RFC 5321, 4.2.1: what begins with 4 may succeed later, what begins with 5 will not."""
    if code in (530, 535):
        return Why.SIGN_IN_REFUSED
    return refused if 500 <= code < 600 else Why.NOT_NOW
