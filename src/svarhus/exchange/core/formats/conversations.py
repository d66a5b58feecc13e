"""Conversations are kept as such. Before, each leg named the other one that it talked with, and said itself whether it
was on hold."""

from typing import Any

Json = dict[str, Any]


def legs_are_in_conversations(kept: Json) -> None:
    """A leg says `conversation`, in place of `peer`, `held` and `join`; and there are `conversations`."""
    legs, talks = kept.get("legs", {}), dict[str, Json]()
    for leg in legs.values():
        if peer := leg.pop("peer", None):
            talk = talks.setdefault(_pair(leg["id"], peer), {"call": leg["call"], "parties": {}, "join": None})
            talk["parties"][leg["id"]] = "held" if leg.get("held") else "talks"
            talk["join"] = talk["join"] or leg.get("join")
            leg["conversation"] = _pair(leg["id"], peer)
    for call in kept.get("calls", {}).values():
        _keep_place_of_missing(call, talks)
        _keep_place_of_who_asks(call, talks)
    kept["conversations"] = {id: {"id": id, **talk} for id, talk in talks.items()}


def _pair(one: str, other: str) -> str:
    return "-and-".join(sorted((one, other)))


def _keep_place_of_missing(call: Json, talks: dict[str, Json]) -> None:
    """Beside whomever it was waited for by."""
    if missing := call.get("missing"):
        for id, talk in talks.items():
            if talk["call"] == call["id"] and id in {_pair(missing["leg"], party) for party in talk["parties"]}:
                talk["parties"][missing["leg"]] = "talks"
        before = _pair(missing["leg"], missing.pop("peer", None) or "")
        missing["conversation"] = before if before in talks else None


def _keep_place_of_who_asks(call: Json, talks: dict[str, Json]) -> None:
    """With the one to whom it has not turned just now."""
    if consult := call.get("consult"):
        for party in (consult["waiting"], consult["other"]):
            if talk := talks.get(_pair(consult["by"], party)):
                talk["parties"].setdefault(consult["by"], "held")
