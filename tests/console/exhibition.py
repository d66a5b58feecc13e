"""An organisation in which always the same is to be seen, so that pictures of its pages can be compared.

It is the demonstration under another name: open at every hour, with addresses, numbers and extensions of its own, and
with a few things that wait and have been.
"""

from collections.abc import Mapping
from importlib import resources

import yaml
from playwright.async_api import APIRequestContext, Browser
from pydantic import JsonValue

from console.product import Product
from svarhus.app.demo_notes import DemoPerson
from svarhus.app.tryout.patience import until

KEY = "exhibition"
ADDRESS = "127.0.9.1"
"""From where its carrier would call."""
PASSWORD = "seen-by-everybody"

_EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_ALWAYS = [{"days": _EVERY_DAY, "from": "00:00", "to": "24:00", "category": "day"}]
_WAITING = (("advice", "+46701740621"), ("reception", "+46701740622"), ("advice", "+46701740623"))
_CONTACTS: tuple[Mapping[str, JsonValue], ...] = (
    {"name": "Karin Sund", "company": "Apoteket Linden", "numbers": [{"number": "+46701740621"}]},
    {"name": "Lars Mo", "title": "Hemsjukvården", "numbers": [{"number": "+46701740624"}]},
)
_NOTICES: tuple[Mapping[str, JsonValue], ...] = (
    {"text": "Faxen är trasig. Ring i stället.", "important": True},
    {"text": "Ny rutin för receptförnyelse: se https://1177.se"},
)
_MESSAGES: tuple[Mapping[str, JsonValue], ...] = (
    {"channel": "mail", "receiver": "karin@linden.example"},
    {"channel": "text", "receiver": "+46701740621"},
)


def document() -> object:
    """The organisation's file."""
    demo = resources.files("svarhus.demo").joinpath("care-centre.yaml").read_text(encoding="utf-8")
    whole = yaml.safe_load(demo.replace("+4684650040", "+4684650043"))
    whole["organisation"]["key"] = KEY
    whole["organisation"]["outgoing"]["trunk"] = "carrier"
    whole["trunks"] = [{"key": "carrier", "name": "Operatören", "addresses": [ADDRESS]}]
    for person in whole["people"]:
        person |= {"email": f"{person['key']}@{KEY}.example", "password": PASSWORD}
        person["extension"] = f"9{person['extension']}"
    whole["fields"] = [{"key": "since", "name": "Anställd sedan", "kind": "date"}]
    whole["roles"] = [{"key": "summer", "name": "Sommarvikarie", "rights": ["see_configuration", "see_live"]}]
    whole["people"][-1] |= {"role": "summer", "fields": {"since": "2027-01-01"}}
    for queue in whole["queues"]:
        queue["extension"] = f"9{queue['extension']}"
    for hours in whole["hours"]:
        hours["week"] = _ALWAYS
    del whole["callflows"][0]["elements"]["open"]["exits"]["evening"]
    return whole


def person(key: str) -> DemoPerson:
    """Somebody of the organisation: `astrid` is its administrator."""
    return DemoPerson(key, "", f"{key}@{KEY}.example", PASSWORD, "", "")


async def opened(product: Product, browser: Browser) -> None:
    """Make it, and let there be something to see in it."""
    await product.create(document())
    context = await browser.new_context(base_url=product.url, extra_http_headers={"X-Svarhus": "1"})
    try:
        await _made(context.request, "/api/session", {"email": person("astrid").email, "password": PASSWORD})
        await until(lambda: _runs(context.request), "the exhibition runs", 15.0)
        for queue, number in _WAITING:
            await _made(context.request, "/api/callbacks", {"queue": queue, "number": number})
        for card in _CONTACTS:
            await _made(context.request, "/api/contacts", card)
        for notice in _NOTICES:
            await _made(context.request, "/api/notices", notice)
        for message in _MESSAGES:
            await _made(context.request, "/api/outbox/test", message)
    finally:
        await context.close()


async def _runs(request: APIRequestContext) -> bool:
    return (await request.get("/api/live/snapshot?topics=agents")).ok


async def _made(request: APIRequestContext, path: str, what: Mapping[str, JsonValue]) -> None:
    answer = await request.post(path, data=what)
    assert answer.ok, f"{path}: {answer.status} {await answer.text()}"
