"""Writes the configuration with which Asterisk starts.

Only what never changes stands in these files. People's endpoints, trunks and bans are objects that
the adapter makes at run time over ARI (see provisioning.py and bans.py).
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from svarhus.adapters.asterisk.certificate import write_self_signed
from svarhus.adapters.asterisk.modules import MODULES
from svarhus.kit.waveform import RATE, wav
from svarhus.ports.talk_files import TALKS
from svarhus.ports.telephony import RINGING_TONE

APPLICATION = "svarhus"
"""The Stasis application, the dialplan context of every endpoint, and the music class."""

TRUNKS = f"{APPLICATION}-trunks"
"""The dialplan context of trunks."""

REGISTERING = f"{APPLICATION}-registering"
"""The endpoint of those who register and have not said who they are."""

SECURITY_LOG = "security.log"
"""Asterisk's security events, in the log folder; security.py follows it."""

PLAYLISTS = "playlists"
"""The folder below `etc` that names the music of organisations, made at run time; see playlists.py."""

_TONE = "lib/ringing-tone"
"""The sound of the ringing tone, below the folder of settings."""

ACCESS_LIST = "svarhus-bans"
"""The list of addresses that are refused for a time, made at run time."""


@dataclass(frozen=True)
class EngineSettings:
    """Where Asterisk lives and what it listens on."""

    root: Path
    """The folder into which Asterisk's packages were unpacked; `/` for one of the system's own."""
    folder: Path
    """Holds etc, lib, spool, run and log; everything that this Asterisk writes."""
    recordings: Path
    """The folder in which recordings appear."""
    ari_password: str
    ari_user: str = "svarhus"
    bind: str = "0.0.0.0"
    """Address of the SIP listeners. ARI and WebSockets are on loopback whatever this is."""
    sip_port: int = 5060
    """UDP and TCP."""
    sip_tls_port: int | None = 5061
    http_port: int = 8088
    """ARI and plain WebSocket, on 127.0.0.1."""
    https_port: int | None = 8089
    """SIP over a secure WebSocket at /ws, on 127.0.0.1: ARI is reached there as well."""
    rtp_first: int = 10000
    rtp_last: int = 19999
    certificate: Path | None = None
    """PEM file with key and certificate chain; one is made when it is None."""
    names: tuple[str, ...] = ("localhost", "127.0.0.1")
    """Host names and addresses for which the certificate is made."""
    external_address: str | None = None
    """Our address as the carriers see it, when this machine is behind NAT."""
    local_networks: tuple[str, ...] = ()
    """Networks (CIDR) to which the external address is not shown."""
    ice_host_candidates: Mapping[str, str] = field(default_factory=dict)
    """Own address → address offered to browsers."""
    music: Path | None = None
    """Folder of WAV files; None for the music that comes with Asterisk."""

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def main_file(self) -> Path:
        """What Asterisk is started with: `asterisk -C FILE -f -n`."""
        return self.etc / "asterisk.conf"

    @property
    def security_log(self) -> Path:
        return self.log / SECURITY_LOG


def write_configuration(settings: EngineSettings, now: datetime) -> Path:
    """Write all files (the same ones for the same settings) and give the path of asterisk.conf.

    `now` dates the certificate, which is made only once.
    """
    for name in ("etc", "lib", "lib/keys", "spool", *_LINKS, "run", "log"):
        (settings.folder / name).mkdir(parents=True, exist_ok=True)
    # Asterisk keeps phones' passwords in it.
    (settings.folder / "lib").chmod(0o700)
    for name, below in _LINKS.items():
        wanted = settings.recordings / below
        wanted.mkdir(parents=True, exist_ok=True)
        _link(settings.folder / name, wanted.resolve())
    certificate = settings.certificate or settings.etc / "certificate.pem"
    if settings.certificate is None and not certificate.exists():
        write_self_signed(certificate, settings.names, now)
    (settings.folder / f"{_TONE}.wav").write_bytes(_ringing_tone())
    for name, text in _files(settings, certificate).items():
        _write_private(settings.etc / name, text)
    return settings.main_file


def configuration_digest(settings: EngineSettings) -> str:
    """Of the files as they are written: two Asterisks with the same one behave alike."""
    files = sorted(settings.etc.glob("*.conf"))
    return hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in files)).hexdigest()[:16]


_LINKS = {"spool/recording": ".", "spool/monitor": TALKS}
"""Asterisk records below its spool folder only; ours is reached by links. The second is MixMonitor's."""


def _link(link: Path, wanted: Path) -> None:
    if link.is_symlink():
        if link.resolve() == wanted:
            return
        link.unlink()
    else:
        link.rmdir()
    link.symlink_to(wanted)


def _write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _files(settings: EngineSettings, certificate: Path) -> dict[str, str]:
    return {
        "asterisk.conf": _asterisk(settings),
        "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load={name}.so\n" for name in MODULES),
        "logger.conf": _LOGGER,
        "http.conf": _http(settings, certificate),
        "ari.conf": _ari(settings),
        "pjsip.conf": _pjsip(settings, certificate),
        "sorcery.conf": _SORCERY,
        "extensions.conf": _EXTENSIONS,
        "rtp.conf": _rtp(settings),
        "musiconhold.conf": _music(settings),
        "stasis.conf": _STASIS,
        "cdr.conf": "[general]\nenable=no\n",
        "cel.conf": "[general]\nenable=no\n",
        # These silence start errors of files that are looked for.
        "features.conf": "[general]\n",
        "udptl.conf": "[general]\n",
        "ccss.conf": "[general]\n",
        "acl.conf": "",
        "indications.conf": "[general]\ncountry=se\n[se]\ndescription=Sweden\nringcadence=1000,5000\n"
        "dial=425\nbusy=425/250,0/250\nring=425/1000,0/5000\ncongestion=425/250,0/750\n",
        "manager.conf": _manager(settings),
        "websocket_client.conf": "",
        "codecs.conf": "",
        "pjproject.conf": "[log_mappings]\ntype=log_mappings\nasterisk_error=0\nasterisk_warning=1\n",
    }


def _asterisk(settings: EngineSettings) -> str:
    share = settings.root / "usr/share/asterisk"
    library = settings.root / "usr/lib"
    modules = next(library.glob("*/asterisk/modules"), library / "asterisk/modules")
    return (
        "[directories]\n"
        f"astetcdir => {settings.etc}\nastmoddir => {modules}\nastdatadir => {share}\n"
        f"astvarlibdir => {settings.folder}/lib\nastdbdir => {settings.folder}/lib\n"
        f"astkeydir => {settings.folder}/lib\nastagidir => {settings.folder}/lib\n"
        f"astspooldir => {settings.folder}/spool\n"
        f"astrundir => {settings.run}\nastlogdir => {settings.log}\nastsbindir => {settings.root}/usr/sbin\n"
        "[options]\n"
        "documentation_language=en_US\nhideconnect=yes\n"
        # Without it a prompt is sent only as fast as packets come in, and a silent phone stalls it.
        "internal_timing=yes\ntransmit_silence=yes\nlive_dangerously=no\n"
    )


_LOGGER = f"""[general]
dateformat=%F %T.%3q
queue_log=no
rotatestrategy=rotate
[logfiles]
messages.log => notice,warning,error
{SECURITY_LOG} => security
"""


def _http(settings: EngineSettings, certificate: Path) -> str:
    # The limit counts agents, guests and ARI together, one thread each.
    text = (
        f"[general]\nservername=svarhus\nenabled=yes\nbindaddr=127.0.0.1\nbindport={settings.http_port}\n"
        "sessionlimit=2000\nenable_static=no\nenable_status=no\n"
    )
    if settings.https_port is not None:
        # Asterisk offers everything on each of its addresses, ARI as well, and lets passwords be tried at any speed.
        text += (
            f"tlsenable=yes\ntlsbindaddr=127.0.0.1:{settings.https_port}\n"
            f"tlscertfile={certificate}\ntlsprivatekey={certificate}\ntlsdisablev1=yes\ntlsdisablev11=yes\n"
        )
    return text


def _ari(settings: EngineSettings) -> str:
    return (
        "[general]\nenabled=yes\npretty=no\nwebsocket_write_timeout=1000\n"
        f"[{settings.ari_user}]\ntype=user\nread_only=no\npassword={settings.ari_password}\n"
    )


def _manager(settings: EngineSettings) -> str:
    # ARI cannot start MixMonitor; the manager interface is reached at the same address, with the same name and secret.
    # It has to have a port of its own as well, which nobody uses: on loopback, whichever is free. `system` is what
    # MixMonitor asks for.
    return (
        "[general]\nenabled=yes\nwebenabled=yes\nbindaddr=127.0.0.1\nport=0\ndisplayconnects=no\n"
        f"[{settings.ari_user}]\nsecret={settings.ari_password}\ndeny=0.0.0.0/0.0.0.0\n"
        "permit=127.0.0.1/255.255.255.255\nread=\nwrite=system,call\n"
    )


def _pjsip(settings: EngineSettings, certificate: Path) -> str:
    # Who signs in is known by the name with which it signs in. By the name in From alone nobody is known, since a
    # trunk's caller may have the number of a phone, but for phones at a trunk's address (see provisioning.py): `ip`
    # would take their calls for the trunk's.
    text = (
        "[global]\ntype=global\nuser_agent=Svarhus\n"
        "endpoint_identifier_order=auth_username,header,username,ip\n"
        "default_realm=svarhus\nmax_initial_qualify_time=4\n"
        "keep_alive_interval=30\n"
    )
    nat = ""
    if settings.external_address:
        nat = (
            f"external_media_address={settings.external_address}\n"
            f"external_signaling_address={settings.external_address}\n"
        ) + "".join(f"local_net={network}\n" for network in settings.local_networks)
    for protocol in ("udp", "tcp"):
        text += (
            f"[transport-{protocol}]\ntype=transport\nprotocol={protocol}\n"
            f"bind={settings.bind}:{settings.sip_port}\nallow_reload=no\n{nat}"
        )
    if settings.sip_tls_port is not None:
        text += (
            f"[transport-tls]\ntype=transport\nprotocol=tls\nbind={settings.bind}:{settings.sip_tls_port}\n"
            f"cert_file={certificate}\npriv_key_file={certificate}\nmethod=tlsv1_2\nallow_reload=no\n{nat}"
        )
    text += _registering(settings)
    for protocol in ("ws", "wss"):
        text += f"[transport-{protocol}]\ntype=transport\nprotocol={protocol}\nbind={settings.bind}\n{nat}"
    return text


def _registering(settings: EngineSettings) -> str:
    """Whoever registers and has not said a password yet is asked for one, also from a trunk's address."""
    password = hashlib.sha256(f"{REGISTERING}/{settings.ari_password}".encode()).hexdigest()
    return (
        f"[{REGISTERING}]\ntype=auth\nauth_type=digest\nusername={REGISTERING}\npassword={password}\n"
        f"[{REGISTERING}]\ntype=endpoint\nauth={REGISTERING}\nallow=alaw\ncontext={REGISTERING}\n"
        "identify_by=header\nallow_subscribe=no\n"
        f"[{REGISTERING}]\ntype=identify\nendpoint={REGISTERING}\nmatch_header=CSeq: /REGISTER/\n"
    )


def _kept(*kinds: str) -> str:
    """Objects are kept over a restart, so that trunks and phones are known from the first message on; they are
    looked up in memory all the same, since each lookup elsewhere would cost a query."""
    return "".join(
        f"{kind}/cache=memory_cache,full_backend_cache=yes\n"
        f"{kind}=config,pjsip.conf,criteria=type={kind}\n{kind}=astdb,{APPLICATION}-{kind}\n"
        for kind in kinds
    )


_SORCERY = f"""[res_pjsip]
{_kept("endpoint", "auth", "aor")}contact=astdb,registrar
[res_pjsip_endpoint_identifier_ip]
{_kept("identify")}[res_pjsip_outbound_registration]
{_kept("registration")}[acl]
acl=config,pjsip.conf,criteria=type=acl
acl=memory
"""

_SPEAKABLE = r"\x21-\x7e"
"""Bytes of a Call-ID (RFC 3261, 25.1, is narrower still)."""

_WRITTEN = r"\x20-\x7e"
"""Bytes of ASCII text."""

LONGEST_HEADER = 400
"""Characters that are read of a header. What comes before the call's decision is kept in a line of 4,096."""


def _read(header: str, number: int = 1) -> str:
    """Sets a variable to a header, as far as it is read."""
    name = "SVARHUS_" + header.upper().replace("-", "_") + str(number)
    return (
        f" same => n,Set(SVARHUS_READ=${{PJSIP_HEADER(read,{header},{number})}})\n"
        f" same => n,Set({name}=${{URIENCODE(${{SVARHUS_READ:0:{LONGEST_HEADER}}})}})\n"
    )


_EXTENSIONS = f"""[general]
static=yes
writeprotect=yes
; Phones and visitors: what they dialled.
[{APPLICATION}]
exten => _[0-9*#],1,Set(SVARHUS_DIALLED=${{URIENCODE(${{EXTEN:0:{LONGEST_HEADER}}})}})
 same => n,Goto({APPLICATION}-offer,s,1)
exten => _[+*#0-9A-Za-z].,1,Set(SVARHUS_DIALLED=${{URIENCODE(${{EXTEN:0:{LONGEST_HEADER}}})}})
 same => n,Goto({APPLICATION}-offer,s,1)
; Trunks: what they dialled, and what they say of who calls. The owner's fourth part names the header in which
; a trunk says what was dialled; `s` is a request URI without a user.
[{TRUNKS}]
exten => s,1,Set(SVARHUS_DIALLED=)
 same => n,Goto({TRUNKS}-read,s,1)
exten => _[0-9*#],1,Set(SVARHUS_DIALLED=${{URIENCODE(${{EXTEN:0:{LONGEST_HEADER}}})}})
 same => n,Goto({TRUNKS}-read,s,1)
exten => _[+*#0-9A-Za-z].,1,Set(SVARHUS_DIALLED=${{URIENCODE(${{EXTEN:0:{LONGEST_HEADER}}})}})
 same => n,Goto({TRUNKS}-read,s,1)
[{TRUNKS}-read]
exten => s,1,Set(SVARHUS_OWNER=${{CHANNEL(tenantid)}})
 same => n,Set(SVARHUS_WHERE=${{CUT(SVARHUS_OWNER,/,4)}})
 same => n,GotoIf($["${{SVARHUS_WHERE}}" = ""]?said)
 same => n,Set(SVARHUS_READ=${{PJSIP_HEADER(read,${{SVARHUS_WHERE}},1)}})
 same => n,GotoIf($[${{LEN(${{SVARHUS_READ}})}} = 0]?said)
 same => n,Set(SVARHUS_DIALLED=${{URIENCODE(${{SVARHUS_READ:0:{LONGEST_HEADER}}})}})
{_read("P-Asserted-Identity").replace("n,", "n(said),", 1)}{_read("P-Asserted-Identity", 2)}{_read("Privacy")}\
{_read("Diversion")}{_read("History-Info")}{_read("History-Info", 2)}\
; An endpoint without a caller id comes back from the database with the caller id <unknown>, which goes before what
; From says: that is read once more. A name with other bytes than ASCII might not be text, and is left out.
 same => n,Set(SVARHUS_READ=${{FILTER(a-z,${{CALLERID(num)}})}}${{LEN(${{CALLERID(num)}})}})
 same => n,GotoIf($["${{SVARHUS_READ}}" != "unknown7"]?known)
 same => n,Set(SVARHUS_FROM=${{CHANNEL(pjsip,remote_uri)}})
 same => n,Set(CALLERID(num)=${{FILTER({_SPEAKABLE},${{PJSIP_PARSE_URI_FROM(SVARHUS_FROM,user)}})}})
 same => n,Set(SVARHUS_READ=${{PJSIP_PARSE_URI_FROM(SVARHUS_FROM,display)}})
 same => n,Set(SVARHUS_FROM=${{FILTER({_WRITTEN},${{SVARHUS_READ}})}})
 same => n,GotoIf($[${{LEN(${{SVARHUS_READ}})}} != ${{LEN(${{SVARHUS_FROM}})}}]?known)
 same => n,Set(CALLERID(name)=${{SVARHUS_READ}})
 same => n(known),Goto({APPLICATION}-offer,s,1)
[{APPLICATION}-offer]
; A channel whose Call-ID is no text in UTF-8 can be told by ARI in no list and in no event.
exten => s,1,Set(SVARHUS_READ=${{LEN(${{CHANNEL(pjsip,call-id)}})}})
 same => n,GotoIf($[${{SVARHUS_READ}} != ${{LEN(${{FILTER({_SPEAKABLE},${{CHANNEL(pjsip,call-id)}})}})}}]?unspeakable)
 same => n,Set(PJSIP_TRANSFER_HANDLING()=ari-only)
 same => n,Set(SVARHUS_DIVERSION=${{URIENCODE(${{REDIRECTING(from-num)}})}})
 same => n,Set(SVARHUS_HOW=${{SVARHUS_DIALLED}},${{CALLERID(num-pres)}},${{SVARHUS_DIVERSION}})
 same => n,Set(SVARHUS_WHO=${{SVARHUS_P_ASSERTED_IDENTITY1}},${{SVARHUS_P_ASSERTED_IDENTITY2}},${{SVARHUS_PRIVACY1}})
 same => n,Set(SVARHUS_BY=${{SVARHUS_DIVERSION1}},${{SVARHUS_HISTORY_INFO1}},${{SVARHUS_HISTORY_INFO2}})
 same => n(offer),Stasis({APPLICATION},offered,${{CHANNEL(tenantid)}},${{SVARHUS_HOW}},${{SVARHUS_WHO}},${{SVARHUS_BY}})
 same => n,GotoIf($["${{STASISSTATUS}}" != "FAILED"]?gone)
 ; The application is down: the caller is kept with music until it is back.
 same => n,Answer()
 same => n,MusicOnHold(default,2)
 same => n,Goto(offer)
 same => n(unspeakable),Hangup(95)
 same => n(gone),Hangup()
"""


def _rtp(settings: EngineSettings) -> str:
    text = (
        f"[general]\nrtpstart={settings.rtp_first}\nrtpend={settings.rtp_last}\nstrictrtp=yes\n"
        "icesupport=yes\ndtmftimeout=3000\n"
    )
    if settings.ice_host_candidates:
        text += "[ice_host_candidates]\n"
        text += "".join(f"{own} => {shown}\n" for own, shown in settings.ice_host_candidates.items())
    return text


def _music(settings: EngineSettings) -> str:
    folder = settings.music or settings.root / "usr/share/asterisk/moh"
    return (
        f"[general]\ncachertclasses=yes\n[default]\nmode=files\ndirectory={folder}\nsort=random\n"
        f"[{RINGING_TONE}]\nmode=playlist\nentry={settings.folder / _TONE}\n"
        f"#tryinclude {PLAYLISTS}/index.conf\n"
    )


def _ringing_tone() -> bytes:
    """The tone of the Nordic countries: 425 Hz for one second, and four of silence."""
    heard = 0.25 * np.sin(2 * np.pi * 425 * np.arange(RATE) / RATE)
    return wav(np.concatenate([heard, np.zeros(4 * RATE)]))


_STASIS = """[threadpool]
initial_size=4
idle_timeout_sec=20
max_size=50
[declined_message_types]
decline=ast_channel_varset_type
decline=ast_test_suite_message_type
"""
