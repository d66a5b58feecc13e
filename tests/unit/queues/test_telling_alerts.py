"""Alerts reach their receivers: once each, each in their own language."""

from typing import Any

import msgspec
import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.alerts.jobs import TellAlert, messages_of
from svarhus.domains.outbox.model import Channel, NewMessage, Purpose
from svarhus.domains.outbox.wording import LANGUAGES
from svarhus.domains.queues.alerts import AlertEnd, AlertOn, AlertOver, AlertRaised, AlertRule
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.ids import AlertId, OrganisationId, QueueKey
from svarhus.kit.jobs.telling import TELL
from unit.exchange.house import document

pytestmark = pytest.mark.feature("Q-16")
HOUSE, RECEPTION, ONE = OrganisationId("house"), QueueKey("reception"), AlertId("house-alert-1")
WAIT = {"on": "wait", "limit": 300, "mail": ["bo@house.example", "lead@elsewhere.example"], "text": ["+46701000004"]}
RULE = AlertRule.model_validate(WAIT)


def told(*rules: dict[str, object], **alert: object) -> tuple[NewMessage, ...]:
    configuration = document({"queues": {"reception": {"alerts": list(rules)}}})
    first = AlertRule.model_validate(rules[0]) if rules else RULE
    raised = TellAlert(HOUSE, ONE, RECEPTION, first.id, START, seen=362)
    return messages_of(configuration, msgspec.structs.replace(raised, **alert))


def test_each_receiver_gets_it_in_the_own_language_or_the_organisations() -> None:
    bo, lead, dan = told(WAIT)
    assert (bo.channel, bo.receiver, bo.person, bo.purpose) == (Channel.MAIL, "bo@house.example", "bo", Purpose.ALERT)
    assert bo.subject == "Reception: somebody has waited more than 5 min"
    assert bo.text == "08:00 Reception, Huset: somebody has waited more than 5 min. Just now: 6 min 2 s."
    assert (lead.person, lead.subject) == (None, "Reception: någon har väntat längre än 5 min")
    assert (dan.channel, dan.person, dan.subject) == (Channel.TEXT, "dan", "")


def test_it_is_told_when_it_is_over_and_how_long_it_lasted() -> None:
    bo, *_ = told(WAIT, lasted=4210.0, why=AlertEnd.MENDED)
    assert bo.text == "08:00 Reception, Huset: over after 1 h 10 min 10 s (somebody has waited more than 5 min)."
    bo, *_ = told(WAIT, lasted=60.0, why=AlertEnd.CLOSED)
    assert "opening hours have ended" in bo.text


def test_that_nobody_is_logged_in_has_words_of_its_own() -> None:
    nobody, *_ = told({"on": "members", "limit": 1, "minutes": 5, "mail": ["bo@house.example"]}, seen=0)
    assert nobody.text == "08:00 Reception, Huset: nobody is logged in. Just now: 0. It has been so for 5 min."


def test_of_a_rule_that_is_gone_meanwhile_nobody_is_told() -> None:
    assert told() == ()
    assert told(WAIT, queue=QueueKey("gone")) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("on", AlertOn)
@pytest.mark.parametrize("why", [None, AlertEnd.MENDED, AlertEnd.CLOSED])
def test_all_languages_have_the_words(language: str, on: AlertOn, why: AlertEnd | None) -> None:
    rule = {"on": on.value, "limit": 5, "minutes": 1, "mail": ["bo@house.example"]}
    configuration = document({"people": {"bo": {"language": language}}, "queues": {"reception": {"alerts": [rule]}}})
    alert = TellAlert(HOUSE, ONE, RECEPTION, AlertRule.model_validate(rule).id, START, 7, 60.0, why)
    (message,) = messages_of(configuration, alert)
    assert "{" not in message.subject + message.text


def test_the_job_stands_in_the_transaction_of_the_fact() -> None:
    raised = AlertRaised(alert=ONE, queue=RECEPTION, rule=RULE.id, on=AlertOn.WAIT, limit=300, minutes=0, seen=301)
    (write,) = written(raised)
    assert write[0] == "alerts.tell"
    assert msgspec.json.decode(write[1], type=TellAlert) == TellAlert(HOUSE, ONE, RECEPTION, RULE.id, START, 301)


def test_of_a_rule_that_was_taken_away_no_end_is_told() -> None:
    over = AlertOver(alert=ONE, queue=RECEPTION, rule=RULE.id, why=AlertEnd.RULE_GONE, lasted=5.0)
    assert written(over) == []
    assert len(written(msgspec.structs.replace(over, why=AlertEnd.MENDED))) == 1


def written(fact: Fact) -> list[tuple[Any, ...]]:
    return [write.values for write in writes(HOUSE, [NumberedFact(1, START, fact)]) if write.sql == TELL]
