"""Queues: who waits, who answers, and how."""

from typing import Self

from pydantic import Field, model_validator

from svarhus.domains.cases.priority import Priority
from svarhus.domains.people.model import Extension, Tag
from svarhus.domains.queues.alerts import AlertRule, twice
from svarhus.domains.queues.announcements import Announcements
from svarhus.domains.queues.carrying import AfterLast, CarriedOut, NewEntries
from svarhus.domains.queues.distribution import StrategyName
from svarhus.domains.queues.entry import EntryLimits
from svarhus.domains.queues.keeping import KeepPlaceSettings
from svarhus.domains.queues.needs import Needs
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.recording import RecordingSettings
from svarhus.domains.queues.shown import MemberDisplay, MemberSees
from svarhus.domains.queues.telling import TellingSettings
from svarhus.domains.queues.texting import BookingWord
from svarhus.domains.queues.texting import twice as twice_meant
from svarhus.domains.queues.waiting_sound import WaitingSound
from svarhus.kit.document import E164, DocumentPart, Key, Keyed, PersonRef, UnitRef
from svarhus.kit.unfit import Unfit

OUTSIDE = "number-"
"""Keys of people do not begin so: those of telephones outside do."""


class Member(DocumentPart):
    """A person who takes calls of the queue when logged in."""

    person: PersonRef
    starts_logged_in: bool = Field(
        default=False, description="Logged in when the person becomes a member, without doing anything."
    )
    priority: int = Field(
        default=1,
        ge=0,
        le=9,
        description="Members with 0 are rung first, then 1, and so on. Round robin ignores it.",
    )
    starts_paused: bool = Field(default=False, description="Begins with a pause when logging in.")
    least_after_call: int = Field(
        default=0, ge=0, le=3600, description="Seconds of after-call work that this member has at least after a call."
    )


class Team(DocumentPart):
    """People who take calls of the queue as a whole: who joins or leaves the unit, or those with the tag, follows."""

    unit: Key | None = Field(default=None, description="Everybody who belongs to it.")
    tag: Tag | None = Field(default=None, description="Or everybody who has it.")
    starts_logged_in: bool = Field(default=False, description="Logged in from the moment in which they belong to it.")
    priority: int = Field(default=1, ge=0, le=9, description="Of all of them; 0 is rung first.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.unit is None) == (self.tag is None):
            raise Unfit("a team is either a unit or those who have a tag", "team-is-one")
        return self


class OutsideMember(DocumentPart):
    """A telephone outside that takes calls of the queue, whoever answers it: of nobody who signs in here."""

    number: E164
    name: str = Field(min_length=1, max_length=80, description="Shown on boards, and where its calls are counted.")
    priority: int = Field(default=1, ge=0, le=9, description="Like that of members; in the list they stand after them.")
    starts_logged_in: bool = Field(
        default=True, description="From the moment in which it is one. Those who lead log it in and out, and pause it."
    )
    confirm: bool = Field(
        default=True,
        description="Who answers presses 1, so that no voicemail takes the call. false: where a switchboard answers.",
    )

    @property
    def key(self) -> str:
        """By which it is known among people: of one number the same in all queues."""
        return f"{OUTSIDE}{self.number.removeprefix('+')}"


class AfterCallWork(DocumentPart):
    """Seconds in which the member is offered nothing."""

    answered: int = Field(default=0, ge=0, le=3600, description="After a conversation.")
    declined: int = Field(default=15, ge=0, le=3600)
    missed: int = Field(default=15, ge=0, le=3600)
    may_extend: bool = Field(default=True, description="Whether members may make it longer. All may end it early.")


class CallbackSettings(DocumentPart):
    """How the queue's callers are called back."""

    schedule: Key = Field(description="The work schedule that the places come from.")
    carried_out: CarriedOut = Field(
        default=CarriedOut.MANUAL,
        description="manual: a member starts a callback. automatic: when it is due, the next free member is rung "
        "for it as for a caller, and then the customer.",
    )
    greeting: Key | None = Field(
        default=None, description="A message that the customer hears on answering, before the member: who calls."
    )
    attempts: int = Field(
        default=3,
        ge=0,
        le=20,
        description="Attempts before a booking is closed as not reached. 0: it stays until somebody is reached.",
    )
    after_last: AfterLast = Field(
        default=AfterLast.CLOSED,
        description="After the last attempt in vain. new_time: the next free place is booked, once.",
    )
    retry_minutes: int = Field(default=30, ge=1, le=24 * 60, description="Between an unanswered attempt and the next.")
    kept_within_minutes: int = Field(
        default=10,
        ge=1,
        le=240,
        description="A promise is kept when the first attempt begins at most this late.",
    )
    ring_seconds: int = Field(default=45, ge=10, le=120, description="How long the customer's phone rings.")
    after_unanswered: int = Field(
        default=0,
        ge=0,
        le=3600,
        description="Seconds of after-call work when an automatic callback was not answered.",
    )
    abandoned_after: int | None = Field(
        default=None,
        ge=0,
        le=3600,
        description="Callers who hang up after so many seconds of waiting, or later, are called back as well. "
        "None: none are.",
    )
    new_entries: NewEntries = NewEntries()
    tells: TellingSettings = TellingSettings()
    by_text: tuple[BookingWord, ...] = Field(
        default=(), max_length=20, description="Words by which a callback is booked by SMS."
    )

    @model_validator(mode="after")
    def _is_understood(self) -> Self:
        if (place := twice_meant(self.by_text)) is not None:
            raise Unfit(f"word {place + 1} means what one before it does", "text-word-twice", place + 1)
        return self


class DeskSettings(DocumentPart):
    """How the queue's cases stand on the desk."""

    priority: Priority = Field(default=Priority.NORMAL, description="With which a case begins; what is overdue rises.")
    voicemail_minutes: int = Field(
        default=240, ge=5, le=14 * 24 * 60, description="Within which a message is to be answered."
    )


class SupervisionSettings(DocumentPart):
    """Who may be with conversations of the queue's members, and whether those are told."""

    supervisors: tuple[PersonRef, ...] = Field(
        default=(),
        max_length=100,
        description="People who may listen, whisper, join and take over here, and log members in and out, whatever "
        "their role.",
    )
    tells_members: bool = Field(default=True, description="A member sees who listens to the conversation.")


class Queue(Keyed):
    """A queue of callers and the members who answer them."""

    unit: UnitRef = None
    extension: Extension | None = Field(default=None, description="Internal number that leads to the queue.")
    members: tuple[Member, ...] = ()
    teams: tuple[Team, ...] = Field(
        default=(), max_length=50, description="Members as a whole, after those that are named."
    )
    outside: tuple[OutsideMember, ...] = Field(
        default=(), max_length=50, description="Telephones outside that are members, without a person here."
    )
    self_log_in: bool = Field(
        default=True,
        description="Whether members log in and out themselves; else those do it who may log others in.",
    )
    distribution: StrategyName = Field(
        default="longest_idle",
        description="Whom a caller rings. longest_idle: of the best priority, who has been free the longest. "
        "round_robin: the members take turns by the list, whatever their priorities (what Phonero calls round robin is "
        "longest_idle). priority_list: the lowest number, inside one the first of the list. ring_all: everybody who is "
        "free. ring_best: everybody free of the best priority. escalating: those of 0, after a ring time also those "
        "of 1, and so on.",
    )
    category: Key | None = Field(
        default=None, description="What callers call about who come without a category of their own."
    )
    needs: Needs = Needs()
    precedence: Precedence = Field(
        default=Precedence.NONE,
        description="Before other queues of the same members. medium: each minute of waiting counts double. highest: "
        "before all others.",
    )
    call_waiting: bool = Field(
        default=False,
        description="Members who talk are offered calls as well, one at a time and only when nobody free is left to "
        "ask: at a phone of ours or in the browser, unless they want none. What they were talking in is put on hold.",
    )
    most_at_once: int = Field(
        default=10,
        ge=1,
        le=100,
        description="Phones that ring for one caller at the same time, at most: the first by priority and by the list.",
    )
    ring_time: int = Field(
        default=20, ge=5, le=120, description="Seconds that a member's phone rings: 15 to 40 is usual."
    )
    waiting_sound: WaitingSound = Field(default=WaitingSound.MUSIC, description="What callers hear while they wait.")
    music: str = Field(default="default", pattern=r"^[a-z][a-z0-9-]{0,47}$")
    announcements: Announcements = Announcements()
    entry: EntryLimits = EntryLimits()
    pace: Key | None = Field(
        default=None,
        description="The work schedule that sets the pace: in each period so many calls are let through as it has "
        "places, with those that are booked.",
    )
    returned_message: Key | None = Field(
        default=None, description="A message for who comes back because nobody took the call over; then first in line."
    )
    after_call_work: AfterCallWork = AfterCallWork()
    service_level: int = Field(default=90, ge=1, le=3600, description="Seconds; see the service level's definition.")
    service_level_target: int | None = Field(
        default=None, ge=1, le=100, description="Per cent that the service level should be at least. None: no target."
    )
    wait_warning: int | None = Field(
        default=None, ge=1, le=3600, description="Seconds after which a wait is shown in red. None: the service level."
    )
    short_abandon: int = Field(default=10, ge=0, le=120, description="Seconds below which an abandoned call is short.")
    presented: E164 | None = Field(default=None, description="Number that called-back customers see.")
    member_sees: MemberSees = Field(
        default=MemberSees.CALLER, description="Which number a member's phone shows when it rings."
    )
    member_display: MemberDisplay = MemberDisplay()
    callbacks: CallbackSettings | None = Field(default=None, description="Without it, the queue takes no bookings.")
    keeps_places: KeepPlaceSettings | None = Field(default=None, description="Without it, who waits stays on the line.")
    recording: RecordingSettings = RecordingSettings()
    desk: DeskSettings = DeskSettings()
    supervision: SupervisionSettings = SupervisionSettings()
    on_switchboard: bool = Field(default=True, description="Shown on the switchboard.")
    in_queue_log: bool = Field(default=True, description="Callers whom nobody answered stand in the queue log.")
    alerts: tuple[AlertRule, ...] = Field(default=(), max_length=20, description="When somebody is told.")

    @model_validator(mode="after")
    def _shows_what_it_has(self) -> Self:
        if self.member_sees is MemberSees.NUMBER and self.member_display.number is None:
            raise Unfit("members see a number of choice, but none is given", "no-shown-number")
        if self.member_sees is MemberSees.CALLER_AND_ID and not self.member_display.numeric_id:
            raise Unfit("members see the queue's digits, but it has none", "no-numeric-id")
        return self

    @model_validator(mode="after")
    def _watched_once(self) -> Self:
        if (place := twice(self.alerts)) is not None:
            raise Unfit(f"alert {place + 1} watches what one before it does", "alert-twice", place + 1)
        return self

    @property
    def red_after(self) -> int:
        """Seconds of waiting after which it is shown in red."""
        return self.service_level if self.wait_warning is None else self.wait_warning
