"""What the single rights mean, and which belong together. The console has them in each language."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from svarhus.domains.people.rights import Right


class Meaning(msgspec.Struct, frozen=True):
    """A right in words."""

    group: str
    """`calls`, `desk`, `people`, `organisation` or `other`."""
    name: str
    text: str = ""


MEANINGS: Mapping[Right, Meaning] = MappingProxyType(
    {
        Right.SEE_LIVE: Meaning("calls", "See what happens now", "Queues, waiting callers, who is logged in."),
        Right.LOG_SELF_IN: Meaning("calls", "Log in to own queues", "In to and out of queues as their member."),
        Right.LOG_OTHERS_IN: Meaning("calls", "Log others in and out"),
        Right.SEE_CALLS: Meaning("calls", "See the call log", "All calls, and what happened in each."),
        Right.END_CALLS: Meaning("calls", "End others' calls"),
        Right.RECORD_DIRECT_CALLS: Meaning("calls", "Record other calls", "Own calls that are of no queue."),
        Right.HEAR_OWN_RECORDINGS: Meaning("calls", "Hear own recordings", "Calls that one took part in."),
        Right.HEAR_RECORDINGS: Meaning("calls", "Hear all recordings", "Each listening is noted in the audit log."),
        Right.DOWNLOAD_RECORDINGS: Meaning("calls", "Download recordings", "Of those that one may hear."),
        Right.DELETE_RECORDINGS: Meaning("calls", "Delete recordings", "For good, before their time."),
        Right.LISTEN_IN: Meaning("calls", "Listen to calls", "Hear members and callers of queues, unheard."),
        Right.WHISPER: Meaning("calls", "Whisper to members", "Speak to the member; the customer does not hear it."),
        Right.JOIN_CALLS: Meaning("calls", "Join calls", "Talk with the member and the customer."),
        Right.TAKE_OVER_CALLS: Meaning("calls", "Take calls over", "Talk with the customer in the member's place."),
        Right.STEER_WAITING: Meaning("calls", "Steer the waiting", "Put callers first; assign them to colleagues."),
        Right.PARK_CALLS: Meaning("calls", "Park calls", "Leave callers at places with a number, and take them."),
        Right.CLOSE_QUEUES: Meaning("calls", "Close queues for now", "And open them again."),
        Right.HANDLE_CALLBACKS: Meaning("desk", "Handle callbacks", "Book, carry out and cancel them."),
        Right.BOOK_FOR_OTHER_UNITS: Meaning("desk", "Book for other units", "Callbacks in their queues."),
        Right.HANDLE_VOICEMAILS: Meaning("desk", "Handle voicemails", "Listen to them and mark them as handled."),
        Right.DELETE_VOICEMAILS: Meaning("desk", "Delete voicemails"),
        Right.HANDLE_UNANSWERED: Meaning("desk", "Handle the queue log", "Callers whom nobody answered."),
        Right.SET_PRESENCE_OF_OTHERS: Meaning("desk", "Set others' presence", "Say that a colleague is away or back."),
        Right.SEE_DIRECTORY: Meaning("desk", "See the directory", "Colleagues and external contacts."),
        Right.CHANGE_CONTACTS: Meaning("desk", "Change external contacts", "One by one."),
        Right.MOVE_CONTACTS: Meaning("desk", "Import and export contacts", "Many at a time, by file."),
        Right.WRITE_NOTICES: Meaning("desk", "Write on the noticeboard", "For own units, and to everybody."),
        Right.LEAD_NOTICES: Meaning("desk", "Lead the noticeboard", "Pin notices; those of all units."),
        Right.SHARE_BOARDS: Meaning("organisation", "Share wallboards", "Make and revoke links to them."),
        Right.SEE_OUTBOX: Meaning("organisation", "See sent messages", "Mail and texts, and what became of them."),
        Right.SEE_PEOPLE: Meaning("people", "See people's whole cards", "Also own fields, and who is hidden."),
        Right.CHANGE_PEOPLE: Meaning("people", "Change people", "Add and remove them; cards, units, tags, queues."),
        Right.CHANGE_ROLES: Meaning("people", "Change roles", "Own roles, and which rights they give."),
        Right.SET_PASSWORDS: Meaning("people", "Help others sign in", "Passwords, invitations, second factors."),
        Right.SEE_CONFIGURATION: Meaning("organisation", "See the settings"),
        Right.CHANGE_CONFIGURATION: Meaning("organisation", "Change all settings", "Everything in the organisation."),
        Right.MAKE_TOKENS: Meaning("organisation", "Make API tokens", "Access for other programs."),
        Right.SEE_AUDIT: Meaning("organisation", "See the audit log", "Who changed and looked at what."),
    }
)


def meaning(right: Right) -> Meaning:
    """The right in words; one without words of its own is called by its key."""
    return MEANINGS.get(right) or Meaning("other", right.value.replace("_", " ").capitalize())
