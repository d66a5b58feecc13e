"""The types of call-flow elements, one file each. To add one, write its file and name it here."""

from collections.abc import Mapping
from types import MappingProxyType

from svarhus.domains.callflows.elements.callback import CallbackElement
from svarhus.domains.callflows.elements.caller_list import CallerListElement
from svarhus.domains.callflows.elements.duo import DuoElement
from svarhus.domains.callflows.elements.hang_up import HangUpElement
from svarhus.domains.callflows.elements.hours import HoursElement
from svarhus.domains.callflows.elements.language import LanguageElement
from svarhus.domains.callflows.elements.member_login import MemberLoginElement
from svarhus.domains.callflows.elements.menu import MenuElement
from svarhus.domains.callflows.elements.message import MessageElement
from svarhus.domains.callflows.elements.queue import QueueElement
from svarhus.domains.callflows.elements.schedule import ScheduleElement
from svarhus.domains.callflows.elements.transfer import TransferElement
from svarhus.domains.callflows.elements.voicemail import VoicemailElement
from svarhus.domains.callflows.steps import AnyElementType

_TYPES: tuple[AnyElementType, ...] = (
    HoursElement(),
    ScheduleElement(),
    CallerListElement(),
    MessageElement(),
    MenuElement(),
    LanguageElement(),
    QueueElement(),
    DuoElement(),
    CallbackElement(),
    VoicemailElement(),
    TransferElement(),
    MemberLoginElement(),
    HangUpElement(),
)

ELEMENTS: Mapping[str, AnyElementType] = MappingProxyType({element.type: element for element in _TYPES})
