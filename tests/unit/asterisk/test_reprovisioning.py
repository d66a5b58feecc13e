"""Phones that change are made anew in Asterisk, and others are not touched."""

import asyncio
from collections.abc import Mapping

import pytest

from svarhus.adapters.asterisk.ari import AriAddress, AriClient
from svarhus.adapters.asterisk.provisioning import Provisioning
from svarhus.adapters.asterisk.wire import Reply
from svarhus.kit.errors import Invalid, Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Endpoint, Provision, Reprovision, Trunk

OURS, THEIRS = OrganisationId("ours"), OrganisationId("theirs")
ANNA, BO = Endpoint("101", "secret", "Anna", "101"), Endpoint("102", "secret", "Bo", "102")


async def _nothing() -> None:
    return


class Asking(AriClient):
    """An Asterisk that takes everything, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(AriAddress("http://127.0.0.1", "", ""), "", lambda event: None, _nothing, lambda: None)
        self.asked: list[tuple[str, str, str]] = []
        self.there = True

    @property
    def connected(self) -> bool:
        return self.there

    def send(
        self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> "asyncio.Future[Reply]":
        if "/dynamic/" in uri:
            kind, name = uri.split("/")[-2:]
            self.asked.append((method, kind, name))
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        answer.set_result(Reply(200, "{}" if uri == "asterisk/info" else "[]"))
        return answer


async def provisioned() -> tuple[Asking, Provisioning]:
    ari = Asking()
    provisioning = Provisioning(ari)
    await provisioning.provision(Provision(OURS, (ANNA, BO), (Trunk("pstn", addresses=("192.0.2.10",)),)))
    ari.asked.clear()
    return ari, provisioning


async def test_only_what_differs_is_asked_for() -> None:
    ari, provisioning = await provisioned()
    renamed, new = Endpoint("102", "secret", "Bosse", "102"), Endpoint("103", "secret", "Cia", "103")
    await provisioning.reprovision(Reprovision(OURS, (renamed, new), frozenset({"101"})))
    assert sorted(ari.asked) == [
        *(("DELETE", kind, "101") for kind in ("aor", "auth", "endpoint")),
        *(("PUT", kind, "103") for kind in ("aor", "auth")),
        *(("PUT", "endpoint", name) for name in ("102", "103")),
    ]
    assert provisioning.endpoints_of(OURS) == {"102", "103"}
    assert provisioning.organisation_of("103") == OURS
    assert provisioning.organisation_of("101") is None
    ari.asked.clear()
    await provisioning.reprovision(Reprovision(OURS, (renamed, new)))
    assert not ari.asked


async def test_what_is_another_organisations_is_refused_and_stays() -> None:
    _, provisioning = await provisioned()
    await provisioning.provision(Provision(THEIRS, (Endpoint("201", "x", "Eva", "201"),), ()))
    with pytest.raises(Invalid):
        await provisioning.reprovision(Reprovision(OURS, (Endpoint("201", "secret", "Cia", "201"),)))
    assert provisioning.organisation_of("201") == THEIRS


async def test_other_trunks_are_as_if_all_were_said() -> None:
    ari, provisioning = await provisioned()
    here = (Trunk("here", addresses=("127.0.0.1",)),)
    await provisioning.reprovision(Reprovision(OURS, (), frozenset({"101"}), here))
    # A carrier on this machine: the phones that stay are known in another way now.
    assert ("PUT", "endpoint", "102") in ari.asked
    assert ("DELETE", "endpoint", "101") in ari.asked
    assert provisioning.trunk_addresses == ["127.0.0.1"]


async def test_what_was_asked_while_asterisk_was_away_is_made_when_it_is_back() -> None:
    ari, provisioning = await provisioned()
    ari.there = False
    with pytest.raises(Unavailable):
        await provisioning.reprovision(Reprovision(OURS, (Endpoint("103", "secret", "Cia", "103"),)))
    ari.there = True
    await provisioning.renew()
    assert ("PUT", "endpoint", "103") in ari.asked
