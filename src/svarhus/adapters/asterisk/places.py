"""Where messages come from: addresses and networks."""

import ipaddress
import re
from collections.abc import Collection

_host = re.compile(r"sips?:(?:[^@]*@)?(?:\[([0-9a-fA-F:.]+)\]|([^:;>?\[\]]+))", re.IGNORECASE)


def host_of(uri: str) -> str:
    """The host in a SIP URI; empty when there is none."""
    found = _host.match(uri)
    return (found[1] or found[2]) if found else ""


def lies_in(address: str, networks: Collection[str]) -> bool:
    """Whether an address lies in one of the networks. What is written as a name is none."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    for network in networks:
        try:
            if place in ipaddress.ip_network(network, strict=False):
                return True
        except ValueError:
            continue
    return False
