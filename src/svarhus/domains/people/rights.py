"""Who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from svarhus.domains.people.model import Role
from svarhus.kit.errors import Refused
from svarhus.kit.ids import OrganisationId, PersonKey


class Right(StrEnum):
    """One thing that a person or a token may do."""

    SEE_CONFIGURATION = "see_configuration"
    CHANGE_CONFIGURATION = "change_configuration"
    """Everything that the organisation's file says."""
    SET_PASSWORDS = "set_passwords"
    """Of other people."""
    MAKE_TOKENS = "make_tokens"
    SEE_AUDIT = "see_audit"
    SEE_LIVE = "see_live"
    """Queues, waiting callers, who is logged in."""
    SEE_CALLS = "see_calls"
    """The call log and the journal of a call."""
    END_CALLS = "end_calls"
    """Take calls of others down."""
    HANDLE_CALLBACKS = "handle_callbacks"
    HANDLE_VOICEMAILS = "handle_voicemails"
    DELETE_VOICEMAILS = "delete_voicemails"
    LOG_SELF_IN = "log_self_in"
    """In to and out of the queues that one is a member of."""
    LOG_OTHERS_IN = "log_others_in"


_USER = frozenset(
    {
        Right.SEE_CONFIGURATION,
        Right.SEE_LIVE,
        Right.HANDLE_CALLBACKS,
        Right.HANDLE_VOICEMAILS,
        Right.LOG_SELF_IN,
    }
)
_TEAM_LEADER = _USER | {Right.SEE_CALLS, Right.END_CALLS, Right.DELETE_VOICEMAILS, Right.LOG_OTHERS_IN}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.USER: _USER,
    Role.TEAM_LEADER: _TEAM_LEADER,
    Role.ADMINISTRATOR: frozenset(Right),
}

_RANK = (Role.USER, Role.TEAM_LEADER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Actor:
    """Who does something: a person who is signed in, an API token, or the operator at the command line."""

    organisation: OrganisationId
    role: Role
    name: str
    """As the audit log and the revisions show it: `anna`, `token:reports` or `command line`."""
    person: PersonKey | None = None


def operator(organisation: OrganisationId) -> Actor:
    """Whoever runs commands on the machine may do everything."""
    return Actor(organisation, Role.ADMINISTRATOR, "command line")


def may(actor: Actor, right: Right) -> bool:
    return right in RIGHTS[actor.role]


def require(actor: Actor, right: Right) -> None:
    """Refused when the actor has not got the right."""
    if not may(actor, right):
        needed = next(role for role in _RANK if right in RIGHTS[role])
        raise Refused(
            f"The role {actor.role} may not do this.", f"Ask somebody with the role {needed}, or for that role."
        )


def at_most(actor: Actor, role: Role) -> None:
    """Refused when the role is higher than the actor's own."""
    if _RANK.index(role) > _RANK.index(actor.role):
        raise Refused(f"The role {actor.role} may not give the role {role}.", "Ask an administrator.")
