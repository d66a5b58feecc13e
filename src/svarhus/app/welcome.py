"""What is shown when everything runs: addresses, sign-ins, the number to call, and what to try."""

from svarhus.app.demo_notes import DemoNotes, read_notes
from svarhus.app.settings import Settings
from svarhus.kit.errors import NotFound


def welcome(settings: Settings) -> str:
    """The text."""
    host = settings.local_address
    lines = [
        "",
        "Svarhus runs. Ctrl-C stops it.",
        "",
        f"  Console   {settings.web_url}",
        f"  API       {settings.web_url}/api/openapi.json",
    ]
    if not settings.ari_url:
        lines.append(f"  SIP       {host}:{settings.sip} (UDP and TCP), {host}:{settings.sip_tls} (TLS)")
    lines += [f"  Logs      {settings.log}", ""]
    try:
        lines += _demo(read_notes(settings.data), settings)
    except NotFound:
        lines += ["  Next      ./svarhus apply FILE makes or changes an organisation, ./svarhus export shows one."]
    return "\n".join([*lines, ""])


def _demo(notes: DemoNotes, settings: Settings) -> list[str]:
    flags = "" if settings.data.name == "var" else f" --data {settings.data}"
    width = max(len(person.name) for person in notes.people)
    longest = max(len(person.email) for person in notes.people)
    return [
        "  The demo organisation (passwords as made at the first start)",
        *(
            f"    {person.name:<{width}}  {person.role:<13}  {person.email:<{longest}}  {person.password}"
            f"   phone {person.extension} / {person.phone_password}"
            for person in notes.people
        ),
        "  Numbers to call",
        *(
            f"    {number.number}  {number.name}   sip:{number.number}@{settings.local_address}:{settings.sip}"
            for number in notes.numbers
        ),
        "",
        "  Try it",
        f"    open {settings.web_url} in one tab, sign in and take calls there,",
        f"    and {settings.web_url}/call-us in another tab: it is the caller, no telephone is needed,",
        f"    or ./svarhus try{flags}: a test caller and a test agent walk through it,",
        "    or register a SIP phone with an extension and its password, and call.",
    ]
