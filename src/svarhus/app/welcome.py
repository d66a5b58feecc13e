"""What is shown when everything runs: addresses, sign-ins, and what to try."""

from svarhus.app.settings import Settings


async def welcome(settings: Settings) -> str:
    """The text."""
    return f"""
Svarhus runs. Ctrl-C stops it.

  API        {settings.web_url}/api/docs
  SIP        {settings.local_address}:{settings.sip} (UDP and TCP), {settings.sip_tls} (TLS)
"""
