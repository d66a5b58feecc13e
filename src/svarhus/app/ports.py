"""The ports on which an installation listens."""

import errno
import os
import socket
from dataclasses import dataclass

from svarhus.app.errors import NotOurAddress, PortNotAllowed, PortTaken
from svarhus.app.probes import Transport, holder_of, why_not_free
from svarhus.app.settings import Settings


@dataclass(frozen=True)
class Port:
    """Somewhere we want to listen."""

    setting: str
    number: int
    transport: Transport
    address: str

    def require_free(self) -> None:
        """PortTaken when another process listens there, with its name as far as we are told; PortNotAllowed."""
        reason = why_not_free(self.address, self.number, self.transport) if self.number else None
        if reason is None:
            return
        if reason == errno.EACCES:
            raise PortNotAllowed(
                f"Port {self.number} ({self.transport.upper()}) may be used by root only.",
                f"Choose one above 1023: {_how_to_choose(self.setting)}.",
            )
        require_own_address(self.address)
        holder = holder_of(self.number, self.transport)
        by = f"by {holder.program} (process {holder.pid})" if holder else "by another process"
        raise PortTaken(
            f"Port {self.number} ({self.transport.upper()}, {self.address}) is taken {by}.",
            f"End that one, or choose another port: {_how_to_choose(self.setting)}.",
        )


def require_own_address(address: str) -> None:
    """NotOurAddress when nothing can listen there on this machine."""
    how = "Choose with --bind ADDR, or bind in svarhus.toml: 127.0.0.1 for this machine alone, 0.0.0.0 for all of its"
    try:
        family, _, _, _, place = socket.getaddrinfo(address, 0, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind(place)
    except (socket.gaierror, UnicodeError):
        raise NotOurAddress(f"`{address}` is no address that is known here.", f"{how}.") from None
    except OSError as error:
        own = _address_towards_others()
        raise NotOurAddress(
            f"Nothing can listen on {address}: {os.strerror(error.errno or 0).lower()}. "
            "No network of this machine has this address.",
            how + (f", or {own}, by which others reach it." if own else "."),
        ) from None


def _address_towards_others() -> str | None:
    """Our address on the way out. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _how_to_choose(setting: str) -> str:
    flag = f"--{setting} PORT, or " if setting in ("http", "sip") else ""
    return f"{flag}{setting} = PORT in svarhus.toml in the data folder"


def postgres_port(settings: Settings) -> Port:
    return Port("postgres", settings.postgres, "tcp", "127.0.0.1")


def application_port(settings: Settings) -> Port:
    return Port("http", settings.http, "tcp", settings.bind)


def asterisk_ports(settings: Settings) -> list[Port]:
    return [
        Port("sip", settings.sip, "udp", settings.bind),
        Port("sip", settings.sip, "tcp", settings.bind),
        Port("sip_tls", settings.sip_tls, "tcp", settings.bind),
        Port("https", settings.https, "tcp", "127.0.0.1"),
        Port("ari", settings.ari, "tcp", "127.0.0.1"),
    ]


def own_ports(settings: Settings) -> list[Port]:
    """Those of everything that we start ourselves with these settings."""
    ports = [application_port(settings)]
    if not settings.database_url:
        ports.append(postgres_port(settings))
    if not settings.ari_url:
        ports += asterisk_ports(settings)
    return ports
