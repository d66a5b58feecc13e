"""Legs say what they are in their call for. Before, that was read from their role, their offer, and what went on in the
call."""

from typing import Any

Json = dict[str, Any]


def legs_have_purposes(kept: Json) -> None:
    """A leg says `purpose`, in place of `replaces`."""
    calls, offers = kept.get("calls", {}), kept.get("offers", {})
    for leg in kept.get("legs", {}).values():
        leg["purpose"] = _purpose(leg, calls[leg["call"]])
        rung = leg["purpose"]["type"] == "offered" and not leg.get("talked")
        leg["released"] = leg.get("released", False) or (rung and leg["id"] not in offers)
    for call in calls.values():
        if missing := call.get("missing"):
            missing["purpose"] = {"type": _FIRST[missing["role"]]}


_FIRST = {"caller": "calling", "member": "offered", "customer": "called_back", "target": "target"}
"""As what legs of a role come, unless something says otherwise."""


def _purpose(leg: Json, call: Json) -> Json:
    consult, transfer = call.get("consult"), call.get("transfer")
    if replaces := leg.pop("replaces", None):
        return {"type": "rejoining", "replaces": replaces}
    if consult and consult["other"] == leg["id"]:
        return {"type": "asked"}
    if transfer and transfer.get("leg") == leg["id"]:
        return {"type": "returned" if transfer.get("returning") else "handed"}
    if call["first_leg"] != leg["id"]:
        return {"type": _FIRST[leg["role"]]}
    return {"type": _purpose_of_first(leg, call)}


def _purpose_of_first(leg: Json, call: Json) -> str:
    match leg["role"]:
        case "caller":
            return "placing" if call.get("wanted") else "calling"
        case "member" if call["kind"] == "callback":
            return "calling_back"
    return "served"
