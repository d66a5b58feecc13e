"""The ports on which an installation listens."""

from dataclasses import dataclass

from svarhus.app.errors import PortTaken
from svarhus.app.probes import Transport, holder_of, is_taken
from svarhus.app.settings import Settings


@dataclass(frozen=True)
class Port:
    """Somewhere we want to listen."""

    setting: str
    number: int
    transport: Transport
    address: str

    def require_free(self) -> None:
        """PortTaken when another process listens there, with its name as far as we are told."""
        if not self.number or not is_taken(self.address, self.number, self.transport):
            return
        holder = holder_of(self.number, self.transport)
        by = f"by {holder.program} (process {holder.pid})" if holder else "by another process"
        raise PortTaken(
            f"Port {self.number} ({self.transport.upper()}, {self.address}) is taken {by}.",
            f"End that one, or choose another port: {_how_to_choose(self.setting)}.",
        )


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
