"""Voicemails: messages that callers have left. Somebody listens, does what is to be done, and marks them as handled."""

import msgspec

from svarhus.domains.channels.acts import call_acts
from svarhus.domains.channels.call.storage import as_told_in
from svarhus.domains.channels.kept import KeptChannel
from svarhus.domains.channels.model import Happened, Subject
from svarhus.domains.channels.names import VOICEMAIL
from svarhus.domains.people.rights import Right
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId


class VoicemailChannel(KeptChannel):
    name = VOICEMAIL
    right = Right.HANDLE_VOICEMAILS
    told_as = "voicemails"

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        """With what was told of the caller in the call."""
        found = await super().subject(session, organisation, id)
        if found is None or found.call is None:
            return found
        name, dialled = await as_told_in(session, organisation, CallId(found.call))
        return msgspec.structs.replace(found, name=name, dialled=dialled)

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        """It is a part of its call."""
        return Happened(await call_acts(session, organisation, subject.call) if subject.call else ())
