"""Identities. Each is a string of its own type, so that a leg cannot be given where a call is meant."""

from typing import NewType

OrganisationId = NewType("OrganisationId", str)
"""The key of an organisation: lower-case letters, digits and hyphens."""

CallId = NewType("CallId", str)
LegId = NewType("LegId", str)
JoinId = NewType("JoinId", str)
ConversationId = NewType("ConversationId", str)
PromptId = NewType("PromptId", str)
RecordingId = NewType("RecordingId", str)
BookingId = NewType("BookingId", str)
OfferId = NewType("OfferId", str)
"""At a phone that rings for it, the id of that leg."""
PlaceId = NewType("PlaceId", int)
"""The number of the arrival, counted in the organisation."""
CaseId = NewType("CaseId", str)
TimerId = NewType("TimerId", str)

PersonKey = NewType("PersonKey", str)
QueueKey = NewType("QueueKey", str)
CategoryKey = NewType("CategoryKey", str)
FlowKey = NewType("FlowKey", str)
ElementKey = NewType("ElementKey", str)
AlertId = NewType("AlertId", str)
PauseKey = NewType("PauseKey", str)
"""Of a reason to pause: the organisation's, or a shipped one."""
