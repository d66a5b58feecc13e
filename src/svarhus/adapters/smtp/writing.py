"""A mail as it goes over the line (RFC 5322)."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from svarhus.ports.mail import Mail
from svarhus.ports.sending import NotSent, Why

_METHOD = re.compile(r"^METHOD:(\w+)\s*$", re.MULTILINE)


def written(mail: Mail) -> EmailMessage:
    """NotSent when it cannot be written, such as an address that is none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(mail.sender_name, addr_spec=mail.sender)
        message["To"] = Address(addr_spec=mail.receiver)
        message["Subject"] = mail.subject
    except (ValueError, IndexError, AttributeError, MessageError) as error:
        # The parser of addresses fails in any of these ways at what is none.
        raise NotSent(Why.MESSAGE_REFUSED, f"it cannot be written: {error}") from error
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id}@{mail.sender.rpartition('@')[2]}>"
    # RFC 3834: nobody's absence is to be answered to us.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    if mail.calendar:
        # RFC 6047, 2.4: those who show mail look for the method here.
        method = found[1] if (found := _METHOD.search(mail.calendar)) else "PUBLISH"
        message.add_attachment(
            mail.calendar.encode(),
            "text",
            "calendar",
            filename="callback.ics",
            params={"charset": "utf-8", "method": method},
        )
    return message
