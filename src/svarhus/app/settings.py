"""The settings of one installation.

A flag goes before a `SVARHUS_*` variable, a variable before `svarhus.toml` in the data folder, and that
before the default. Ports that nobody named are chosen once and kept in `ports.toml`, so that several
installations run on one machine without naming more than `--data`, `--http` and `--sip`.
"""

import os
import random
import secrets
import socket
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import ClassVar

from svarhus.kit.errors import Fault, Invalid

PUSH_SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
)
"""Of Chromium and what is made from it, Firefox, Edge and Safari."""

VARIABLE_PREFIX = "SVARHUS_"
INTERNAL_PORTS = range(20000, 32000)
"""Where internal ports are chosen: below those that Linux gives to outgoing connections."""


class InvalidSettings(Invalid):
    id = "invalid-settings"
    title = "The settings are not right"


@dataclass(frozen=True)
class Settings:
    """What one installation runs with."""

    data: Path = Path("var")
    """Everything that this installation keeps."""
    bind: str = "127.0.0.1"
    """Address of HTTP, SIP and secure WebSocket. 0.0.0.0 for all of the machine's."""
    http: int = 8080
    """API and console."""
    sip: int = 5060
    """SIP over UDP and TCP."""
    sip_tls: int = 0
    """SIP over TLS."""
    https: int = 0
    """SIP over a secure WebSocket of Asterisk's own, on loopback."""
    ari: int = 0
    """Asterisk's interface for the application, on loopback."""
    postgres: int = 0
    """The embedded PostgreSQL, on loopback."""
    rtp_first: int = 10000
    rtp_last: int = 19999
    external_address: str = ""
    """Our address as carriers see it, when this machine is behind NAT."""
    database_url: str = ""
    """A PostgreSQL (16 or newer) of one's own: postgresql://user:password@host/database."""
    ari_url: str = ""
    """An Asterisk (22 or newer) of one's own: http://user:password@host:8088."""
    cache: Path = Path()
    """Where downloads are kept, outside the checkout."""
    call_us: str = "demo"
    """Key of the organisation that anyone may call from the public page /call-us; empty for none."""
    log_level: str = "info"
    push_services: str = " ".join(PUSH_SERVICES)
    """Origins of the browsers' push services to which notices of calls may be sent; * stands for any words."""
    message_hosts: str = "*"
    """Hosts, each with a port or without, that organisations may have messages sent by; * stands for any words."""
    push_contact: str = "https://svarhus.example"
    """Whom a push service may write to about what we send: mailto:... or https:..."""

    LOG_LEVELS: ClassVar = ("debug", "info", "warning", "error")

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def asterisk_folder(self) -> Path:
        return self.data / "asterisk"

    @property
    def postgres_folder(self) -> Path:
        return self.data / "postgres"

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

    @property
    def audio(self) -> Path:
        return self.data / "audio"

    @property
    def local_address(self) -> str:
        """The address at which this machine itself reaches what listens on `bind`."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.bind, self.bind)

    @property
    def web_url(self) -> str:
        return f"http://{self.local_address}:{self.http}"


@dataclass(frozen=True)
class Secrets:
    """Generated at first start and kept in `secrets.toml`, mode 0600."""

    ari_password: str
    database_password: str
    sealing_key: str
    """With which what must not be read from the database alone is sealed there."""
    push_key: str
    """From which the key is made that browsers' push services know this installation by."""
    metrics_token: str
    """With which Prometheus signs in to `/metrics`."""


Value = str | int
NAMES = tuple(field.name for field in fields(Settings) if field.name != "data")
_NUMBERS = frozenset(field.name for field in fields(Settings) if field.type is int)
_CHOSEN = ("sip_tls", "https", "ari", "postgres")


def load_settings(
    data: Path,
    flags: Mapping[str, Value] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings of a data folder, as they would be at a start now.

    Ports that were neither named nor chosen before are 0; see `choose_ports`.
    InvalidSettings names every fault.
    """
    surroundings = os.environ if environment is None else environment
    data = data.absolute()
    faults: list[Fault] = []
    layers = [
        _read(data / "ports.toml", faults),
        _read(data / "svarhus.toml", faults),
        _variables(surroundings),
        dict(flags or {}),
    ]
    values: dict[str, Value] = {"cache": _default_cache(surroundings)}
    for layer in layers:
        values.update(layer)
    settings = _built(data, values, faults)
    if faults:
        raise InvalidSettings("Some settings are not right.", "Mend them and start again.", faults)
    return settings


def settings_in_force(data: Path) -> Settings:
    """The settings with which the data folder was started last; those of a start now if it never was."""
    data = data.absolute()
    kept = data / "run" / "settings.toml"
    if not kept.exists():
        return load_settings(data)
    faults: list[Fault] = []
    settings = _built(data, _read(kept, faults), faults)
    if faults:
        raise InvalidSettings(f"{kept} cannot be read.", "Remove it and start again.", faults)
    return settings


def keep_in_force(settings: Settings) -> None:
    """Write down what this start runs with, for the application and for commands beside it."""
    _write(
        settings.run / "settings.toml",
        {name: _plain(getattr(settings, name)) for name in NAMES},
        0o600,
    )


def choose_ports(settings: Settings) -> Settings:
    """Choose free ports for what has none yet, and keep the choice in the data folder."""
    preferred = {"sip_tls": settings.sip + 1, "https": settings.http + 363}
    chosen: dict[str, Value] = {}
    for name in _CHOSEN:
        if getattr(settings, name) == 0:
            address = settings.bind if name == "sip_tls" else "127.0.0.1"
            chosen[name] = _free_port(address, preferred.get(name), taken=set(chosen.values()))
    faults: list[Fault] = []
    if chosen:
        kept = _read(settings.data / "ports.toml", faults)
        _write(settings.data / "ports.toml", {**kept, **chosen})
    return _built(settings.data, {name: _plain(getattr(settings, name)) for name in NAMES} | chosen, faults)


def load_secrets(data: Path) -> Secrets:
    """The secrets of a data folder, generated if they are not there yet."""
    path = data / "secrets.toml"
    faults: list[Fault] = []
    kept = _read(path, faults) if path.exists() else {}
    if faults:
        raise InvalidSettings(f"{path} cannot be read.", "Restore it from the backup.", faults)
    names = [field.name for field in fields(Secrets)]
    values = {name: str(kept.get(name) or secrets.token_urlsafe(32)) for name in names}
    if values != kept:
        _write(path, values, mode=0o600)
    return Secrets(**values)


def _default_cache(environment: Mapping[str, str]) -> str:
    home = environment.get("XDG_CACHE_HOME") or os.path.join(environment.get("HOME") or "/", ".cache")
    return os.path.join(home, "svarhus")


def _variables(environment: Mapping[str, str]) -> dict[str, Value]:
    variables = {name: environment.get(VARIABLE_PREFIX + name.upper()) for name in NAMES}
    return {name: value for name, value in variables.items() if value}


def _built(data: Path, values: Mapping[str, Value], faults: list[Fault]) -> Settings:
    right: dict[str, Value | Path] = {}
    for name, value in values.items():
        if name not in NAMES:
            faults.append(
                Fault(
                    name,
                    "there is no such setting",
                    f"The settings are: {', '.join(NAMES)}.",
                )
            )
        elif name in _NUMBERS:
            port = _port(value)
            if port is None:
                faults.append(
                    Fault(
                        name,
                        f"{value!r} is not a port",
                        "Give a number from 1 to 65535.",
                    )
                )
            else:
                right[name] = port
        else:
            right[name] = str(value)
    if (level := right.get("log_level", "info")) not in Settings.LOG_LEVELS:
        faults.append(
            Fault(
                "log_level",
                f"{level!r} is not a level",
                f"Give one of {', '.join(Settings.LOG_LEVELS)}.",
            )
        )
    if "cache" in right:
        right["cache"] = Path(str(right["cache"])).expanduser()
    return replace(Settings(data=data), **right)  # type: ignore[arg-type]  # checked by name above


def _port(value: Value) -> int | None:
    try:
        number = int(value)
    except ValueError:
        return None
    return number if 0 <= number <= 65535 else None


def _read(path: Path, faults: list[Fault]) -> dict[str, Value]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        faults.append(Fault(str(path), (error.strerror or str(error)).lower(), "Let who starts Svarhus read it."))
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(
            Fault(
                str(path),
                str(error),
                "The file is in TOML form: name = value, text in quotes.",
            )
        )
        return {}
    plain = {name: value for name, value in values.items() if type(value) in (str, int)}
    faults.extend(Fault(f"{path}: {name}", "must be a text or a number") for name in values.keys() - plain.keys())
    return plain


def _plain(value: object) -> Value:
    return value if isinstance(value, int) else str(value)


def _write(path: Path, values: Mapping[str, Value], mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(
        f"{name} = {value if isinstance(value, int) else _quoted(value)}\n" for name, value in values.items()
    )
    beside = path.with_suffix(".new")
    with open(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode),
        "w",
        encoding="utf-8",
    ) as file:
        file.write(text)
    beside.rename(path)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _free_port(address: str, preferred: int | None, taken: set[Value]) -> int:
    candidates = random.sample(INTERNAL_PORTS, 200)
    for port in ([preferred] if preferred else []) + candidates:
        if port not in taken and port <= 65535 and _is_free(address, port):
            return port
    raise InvalidSettings(
        f"No free port was found on {address}.",
        "Is the address one of this machine's? Name the ports in svarhus.toml.",
    )


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True
