"""From the settings of an installation to the settings of its engines."""

from pathlib import Path

from svarhus.adapters.asterisk.configuration import EngineSettings
from svarhus.app.settings import Secrets, Settings
from svarhus.engines.postgres import EmbeddedPostgres

ARI_USER = "svarhus"


def embedded_postgres(settings: Settings, secrets: Secrets) -> EmbeddedPostgres:
    """The PostgreSQL of our own."""
    return EmbeddedPostgres(
        settings.postgres_folder,
        settings.postgres,
        secrets.database_password,
        settings.log / "postgres.log",
    )


def database_url(settings: Settings, secrets: Secrets) -> str:
    """Where the database is: the operator's own, or ours."""
    return settings.database_url or embedded_postgres(settings, secrets).url


def ari_url(settings: Settings, secrets: Secrets) -> str:
    """Where Asterisk's interface is, with user and password: the operator's own, or ours."""
    return settings.ari_url or f"http://{ARI_USER}:{secrets.ari_password}@127.0.0.1:{settings.ari}"


def asterisk_settings(settings: Settings, secrets: Secrets, root: Path) -> EngineSettings:
    """What our Asterisk is configured with."""
    return EngineSettings(
        root=root,
        folder=settings.asterisk_folder,
        recordings=settings.recordings,
        ari_password=secrets.ari_password,
        ari_user=ARI_USER,
        bind=settings.bind,
        sip_port=settings.sip,
        sip_tls_port=settings.sip_tls,
        http_port=settings.ari,
        https_port=settings.https,
        rtp_first=settings.rtp_first,
        rtp_last=settings.rtp_last,
        external_address=settings.external_address or None,
    )
