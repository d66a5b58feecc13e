"""The product as its user starts it, with the demonstration organisation."""

import json
from collections.abc import Mapping
from pathlib import Path

from database import WEAK_HASHER
from integration.survival.installation import Installation
from svarhus.app.demo_notes import DemoNotes, DemoPerson, read_notes
from svarhus.app.engine_room import database_url
from svarhus.app.organisations import organisations
from svarhus.app.settings import load_secrets
from svarhus.app.tryout.client import Client
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database


class Product(Installation):
    """`svarhus up`, and what tests ask of it."""

    def __init__(self, data: Path, environment: Mapping[str, str] | None = None) -> None:
        # Push services of tests listen on this machine.
        services = {"SVARHUS_PUSH_SERVICES": "http://127.0.0.1:*"}
        super().__init__(data, {**services, **(environment or {})}, demo=True)

    @property
    def url(self) -> str:
        """The console's address."""
        return self.settings.web_url

    @property
    def notes(self) -> DemoNotes:
        return read_notes(self.data)

    def person(self, key: str) -> DemoPerson:
        """Of the demonstration: `astrid` (administrator), `birgitta` (team leader), `cecilia`, `david`."""
        return next(person for person in self.notes.people if person.email.startswith(f"{key}@"))

    async def create(self, document: object) -> None:
        """Make or change an organisation from its file's content."""
        database = Database(database_url(self.settings, load_secrets(self.data)), connections=1)
        try:
            wired = organisations(database, SystemClock(), WEAK_HASHER)
            await wired.service.apply_file(json.dumps(document).encode())
        finally:
            await database.close()

    def client(self) -> Client:
        """The REST API, for somebody who then signs in."""
        return Client(self.url)
