"""Blocks in force, as Asterisk carries them out."""

import asyncio

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import ACCESS_LIST
from svarhus.adapters.asterisk.provisioning import Provisioning

MOST = 1000
"""Addresses in the list, which Asterisk goes through for every request."""


class Bans:
    """Addresses stand in one access list that is asked before anything else is done with a request;
    accounts that are blocked from one address only carry it in their endpoint."""

    def __init__(self, ari: AriClient, provisioning: Provisioning) -> None:
        self._ari = ari
        self._provisioning = provisioning
        self._addresses: dict[str, float] = {}
        self._accounts: dict[tuple[str, str], float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, address: str, account: str | None, until: float) -> None:
        """Block until that moment (seconds of the steady clock), or longer if it is already."""
        if account is None:
            known = address in self._addresses
            self._addresses[address] = max(until, self._addresses.get(address, 0.0))
            if not known:
                self._write()
        else:
            known = (account, address) in self._accounts
            self._accounts[account, address] = max(until, self._accounts.get((account, address), 0.0))
            if not known:
                self._write_account(account)

    def lift(self, now: float) -> None:
        """Let go of those whose time has come."""
        over = [address for address, until in self._addresses.items() if until <= now]
        for address in over:
            del self._addresses[address]
        if over:
            self._write()
        for account, address in [key for key, until in self._accounts.items() if until <= now]:
            del self._accounts[account, address]
            self._write_account(account)

    def renew(self) -> None:
        """After a connect: an Asterisk that restarted has forgotten, one of an earlier owner has not."""
        self._write()
        for account in {account for account, _ in self._accounts}:
            self._write_account(account)

    def _write(self) -> None:
        uri = path("asterisk", "config", "dynamic", "res_pjsip", "acl", ACCESS_LIST)
        # A change would add to the list only.
        self._ari.send("DELETE", uri)
        newest = list(self._addresses)[-MOST:]
        if newest:
            fields = [{"attribute": "deny", "value": address} for address in newest]
            # Answered with 500 though it is made: Asterisk cannot write an access list out again.
            self._ari.send("PUT", uri, body={"fields": fields})

    def _write_account(self, account: str) -> None:
        addresses = [address for name, address in self._accounts if name == account]
        task = asyncio.create_task(self._provisioning.deny(account, addresses))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
