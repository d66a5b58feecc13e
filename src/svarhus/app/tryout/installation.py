"""What is tried: the demo organisation as this installation has it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.app.demo_notes import DemoNotes, read_notes
from svarhus.app.engine_room import database_url
from svarhus.app.organisations import DEMO, organisations
from svarhus.app.settings import Settings, load_secrets
from svarhus.app.tryout.words import Script
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.exchange.core.rules import Rules
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database


@dataclass(frozen=True)
class Installation:
    settings: Settings
    notes: DemoNotes
    rules: Rules
    secrets: PhoneSecrets
    script: Script

    @property
    def server(self) -> str:
        """Where SIP answers, as phones want it."""
        return f"{self.settings.local_address}:{self.settings.sip}"


@asynccontextmanager
async def demo_of(settings: Settings) -> AsyncIterator[Installation]:
    """The demo organisation of a running installation. NotFound when it has none."""
    notes = read_notes(settings.data)
    clock = SystemClock()
    database = Database(database_url(settings, load_secrets(settings.data)), connections=2)
    prompts = Prompts(settings.audio, EspeakSpeech(), RecordingsRepository(database), clock)
    try:
        repository = organisations(database, clock).repository
        rules = Rules(*await repository.load(DEMO))
        secrets = await repository.phone_secrets(DEMO)
        yield Installation(settings, notes, rules, secrets, Script(prompts, rules))
    finally:
        await prompts.close()
        await database.close()
