"""Numbers and the networks of trunks are claimed, and all SIP names as one kind.

Where two organisations have the same, the older one keeps it; `./svarhus doctor` names them.
"""

import ipaddress
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_CURRENT = """select o.id, r.document from organisations o
    join organisation_revisions r on r.organisation_id = o.id and r.revision = o.revision
    order by o.created_at, o.id"""
_ADD = """insert into claims (kind, value, organisation_id, key) values (:kind, :value, :organisation, :key)
    on conflict do nothing"""


def upgrade() -> None:
    bind = op.get_bind()
    op.drop_constraint("claims_kind_check", "claims")
    bind.execute(
        sa.text(
            """insert into claims (kind, value, organisation_id, key)
            select 'sip_name', value, organisation_id, key from claims
            where kind in ('extension', 'trunk_username') on conflict do nothing"""
        )
    )
    bind.execute(sa.text("delete from claims where kind in ('extension', 'trunk_username', 'trunk_address')"))
    op.create_check_constraint(
        "claims_kind_check", "claims", "kind in ('email', 'sip_name', 'number', 'trunk_address', 'trunk_host')"
    )
    for organisation, document in bind.execute(sa.text(_CURRENT)).all():
        for kind, value, key in _claims(organisation, document):
            row = {"kind": kind, "value": value, "organisation": organisation, "key": key}
            bind.execute(sa.text(_ADD), row)


def downgrade() -> None:
    op.drop_constraint("claims_kind_check", "claims")
    op.execute("delete from claims where kind in ('number', 'trunk_host')")
    op.execute("update claims set kind = 'extension' where kind = 'sip_name'")
    op.create_check_constraint(
        "claims_kind_check", "claims", "kind in ('email', 'extension', 'trunk_username', 'trunk_address')"
    )


def _claims(organisation: str, document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for number in document.get("numbers", ()):
        yield "number", number["number"], number["number"]
    for trunk in document.get("trunks", ()):
        for address in trunk.get("addresses", ()):
            yield "trunk_address", _network(address) or address.strip().lower(), trunk["key"]
        host = _network((trunk.get("host") or "").partition(":")[0])
        if trunk.get("register") and host:
            yield "trunk_host", f"{host} {organisation}", trunk["key"]


def _network(text: str) -> str | None:
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    if isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped and network.prefixlen >= 96:
        return f"{network.network_address.ipv4_mapped}/{network.prefixlen - 96}"
    return str(network)
