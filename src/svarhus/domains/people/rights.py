"""Who may do what."""

from enum import StrEnum

import msgspec

from svarhus.domains.people.errors import NotAPerson
from svarhus.kit.errors import Refused
from svarhus.kit.ids import OrganisationId, PersonKey


class Role(StrEnum):
    """The system's own roles, which are always the same."""

    ADMINISTRATOR = "administrator"
    TEAM_LEADER = "team_leader"
    USER = "user"


class Right(StrEnum):
    """One thing that a person or a token may do."""

    SEE_CONFIGURATION = "see_configuration"
    CHANGE_CONFIGURATION = "change_configuration"
    """Everything that the organisation's file says."""
    CHANGE_PEOPLE = "change_people"
    """Their cards, units, tags and queues, as far as nobody gets a right that one has not got oneself."""
    CHANGE_ROLES = "change_roles"
    SEE_PEOPLE = "see_people"
    """Also who is hidden, and the whole card."""
    SET_PASSWORDS = "set_passwords"
    """Of other people, and their invitations and second factors."""
    MAKE_TOKENS = "make_tokens"
    SEE_AUDIT = "see_audit"
    SEE_LIVE = "see_live"
    """Queues, waiting callers, who is logged in."""
    SEE_CALLS = "see_calls"
    """The call log and the journal of a call."""
    END_CALLS = "end_calls"
    """Take calls of others down."""
    CLOSE_QUEUES = "close_queues"
    """For now, and open them again."""
    RECORD_DIRECT_CALLS = "record_direct_calls"
    """Own calls that are of no queue."""
    HEAR_OWN_RECORDINGS = "hear_own_recordings"
    """Of calls that one took part in."""
    HEAR_RECORDINGS = "hear_recordings"
    DOWNLOAD_RECORDINGS = "download_recordings"
    """Of those that one may hear."""
    DELETE_RECORDINGS = "delete_recordings"
    LISTEN_IN = "listen_in"
    """Hear conversations of members with the callers of queues. Who is named in a queue may so there without it; the
    same holds for the three below."""
    WHISPER = "whisper"
    """Speak to the member, unheard by the customer."""
    JOIN_CALLS = "join_calls"
    """Talk with both."""
    TAKE_OVER_CALLS = "take_over_calls"
    """Talk with the customer in the member's place."""
    STEER_WAITING = "steer_waiting"
    """Put a waiting caller before the others, and assign one to a colleague."""
    PARK_CALLS = "park_calls"
    """Leave callers at parking places, and take those who are there."""
    HANDLE_CALLBACKS = "handle_callbacks"
    BOOK_FOR_OTHER_UNITS = "book_for_other_units"
    """Callbacks in queues of units that are not one's own, and move them there."""
    HANDLE_VOICEMAILS = "handle_voicemails"
    DELETE_VOICEMAILS = "delete_voicemails"
    LOG_SELF_IN = "log_self_in"
    """In to and out of the queues that one is a member of."""
    LOG_OTHERS_IN = "log_others_in"
    SET_PRESENCE_OF_OTHERS = "set_presence_of_others"
    """Say that somebody else is away. Everybody may say it of themselves."""
    SEE_DIRECTORY = "see_directory"
    """Colleagues and external contacts."""
    CHANGE_CONTACTS = "change_contacts"
    """External contacts, one by one."""
    MOVE_CONTACTS = "move_contacts"
    """Many at a time: read them in from a file and out into one."""
    HANDLE_UNANSWERED = "handle_unanswered"
    """The queue log: callers whom nobody answered."""
    WRITE_NOTICES = "write_notices"
    """On the noticeboard of one's own units, and to everybody."""
    LEAD_NOTICES = "lead_notices"
    """Pin notices, and read and write those of all units."""
    SHARE_BOARDS = "share_boards"
    """Make and revoke links to wallboards."""
    SEE_OUTBOX = "see_outbox"
    """The messages that were sent, and what became of them."""


_USER = frozenset(
    {
        Right.SEE_CONFIGURATION,
        Right.SEE_LIVE,
        Right.PARK_CALLS,
        Right.HANDLE_CALLBACKS,
        Right.BOOK_FOR_OTHER_UNITS,
        Right.HANDLE_VOICEMAILS,
        Right.LOG_SELF_IN,
        Right.HEAR_OWN_RECORDINGS,
        Right.SEE_DIRECTORY,
        Right.CHANGE_CONTACTS,
        Right.HANDLE_UNANSWERED,
        Right.WRITE_NOTICES,
    }
)
_TEAM_LEADER = _USER | {
    Right.SEE_PEOPLE,
    Right.SEE_CALLS,
    Right.END_CALLS,
    Right.CLOSE_QUEUES,
    Right.RECORD_DIRECT_CALLS,
    Right.HEAR_RECORDINGS,
    Right.LISTEN_IN,
    Right.WHISPER,
    Right.JOIN_CALLS,
    Right.TAKE_OVER_CALLS,
    Right.STEER_WAITING,
    Right.DELETE_VOICEMAILS,
    Right.LOG_OTHERS_IN,
    Right.SET_PRESENCE_OF_OTHERS,
    Right.MOVE_CONTACTS,
    Right.LEAD_NOTICES,
    Right.SHARE_BOARDS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.USER: _USER,
    Role.TEAM_LEADER: _TEAM_LEADER,
    Role.ADMINISTRATOR: frozenset(Right),
}

SYSTEM_ROLES: tuple[Role, ...] = (Role.USER, Role.TEAM_LEADER, Role.ADMINISTRATOR)
"""From the least to the most."""


class Actor(msgspec.Struct, frozen=True):
    """Who does something: a person who is signed in, an API token, or the operator at the command line."""

    organisation: OrganisationId
    role: Role
    """Of the system; for a role of the organisation's own, the one that it was copied from."""
    name: str
    """As the audit log and the revisions show it: `anna`, `token:reports` or `command line`."""
    person: PersonKey | None = None
    own_role: str | None = None
    """Key of the role when it is one of the organisation's own."""
    granted: frozenset[Right] | None = None
    """What a role of the organisation's own gives; None: what the system's role gives."""
    answerable: str | None = None
    """Of a token: the name of who made it, and answers for what it makes in turn."""

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role] if self.granted is None else self.granted

    @property
    def role_key(self) -> str:
        return self.own_role or self.role.value


OPERATOR = "command line"
"""Name of whoever runs commands on the machine."""

NAMES_OF_TOKENS = "token:"
"""Begins the names of tokens, as no person's key does."""


def operator(organisation: OrganisationId) -> Actor:
    """Whoever runs commands on the machine may do everything."""
    return Actor(organisation, Role.ADMINISTRATOR, OPERATOR)


def oneself(actor: Actor, otherwise: str) -> PersonKey:
    """The person who acts. NotAPerson, with the sentence `otherwise`, for a token and at the command line."""
    if actor.person is None:
        raise NotAPerson(otherwise)
    return actor.person


def may(actor: Actor, right: Right) -> bool:
    return right in actor.rights


def require(actor: Actor, *rights: Right) -> None:
    """Refused when the actor has none of the rights."""
    if any(right in actor.rights for right in rights):
        return
    needed = next(role for role in SYSTEM_ROLES if rights[-1] in RIGHTS[role])
    raise Refused(
        f"The role {actor.role_key} may not do this.", f"Ask somebody with the role {needed}, or for that role."
    )


def at_most(actor: Actor, rights: frozenset[Right]) -> None:
    """Refused when the actor has not got all of these rights: nobody gives more than they have."""
    if missing := sorted(rights - actor.rights):
        raise Refused(
            f"The role {actor.role_key} has not got the rights {', '.join(missing)} itself.", "Ask an administrator."
        )
