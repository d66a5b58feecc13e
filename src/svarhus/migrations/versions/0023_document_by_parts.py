"""Revisions share what they have alike: parts and pages by their content, and a manifest of each revision.

Also a number that rises with each change of a phone's secret, by which those that changed are found.
"""

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_LISTS = {
    name: "number" if name == "numbers" else "key"
    for name in (
        "units", "roles", "fields", "people", "trunks", "numbers", "hours", "messages", "schedules", "queues", "tags",
        "callflows",
    )
}  # fmt: skip
"""And by which of its settings a part is known."""

_PAGE = 64

_REVISIONS = "select organisation_id, revision from organisation_revisions order by organisation_id, revision"
_ONE = "organisation_id = :organisation and revision = :revision"


def upgrade() -> None:
    op.execute(
        """create table organisation_contents (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            content text not null,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("alter table organisation_revisions add column manifest json")
    bind = op.get_bind()
    there: set[tuple[str, str]] = set()
    for organisation, number in bind.execute(sa.text(_REVISIONS)).all():
        one = {"organisation": organisation, "revision": number}
        document = bind.execute(sa.text(f"select document from organisation_revisions where {_ONE}"), one).scalar_one()
        contents: dict[str, str] = {}
        manifest = json.dumps(_manifest(document, contents))
        new = {key: content for key, content in contents.items() if (organisation, key) not in there}
        there |= {(organisation, key) for key in new}
        _add(bind, organisation, new)
        update = sa.text(f"update organisation_revisions set manifest = cast(:manifest as json) where {_ONE}")
        bind.execute(update, {**one, "manifest": manifest})
    op.execute("alter table organisation_revisions alter column manifest set not null, drop column document")
    op.execute("create sequence phone_secrets_version")
    op.execute("alter table phone_secrets add column version bigint not null default nextval('phone_secrets_version')")
    op.execute("create index phone_secrets_by_version on phone_secrets (organisation_id, version)")


def downgrade() -> None:
    op.execute("alter table phone_secrets drop column version")
    op.execute("drop sequence phone_secrets_version")
    op.execute("alter table organisation_revisions add column document json")
    bind = op.get_bind()
    for organisation, number in bind.execute(sa.text(_REVISIONS)).all():
        one = {"organisation": organisation, "revision": number}
        manifest = bind.execute(sa.text(f"select manifest from organisation_revisions where {_ONE}"), one).scalar_one()
        document = json.dumps(_document(bind, organisation, manifest))
        update = sa.text(f"update organisation_revisions set document = cast(:document as json) where {_ONE}")
        bind.execute(update, {**one, "document": document})
    op.execute("alter table organisation_revisions alter column document set not null, drop column manifest")
    op.execute("drop table organisation_contents")


def _add(bind: sa.Connection, organisation: str, contents: dict[str, str]) -> None:
    rows = [{"organisation": organisation, "id": key, "content": content} for key, content in contents.items()]
    if rows:
        insert = (
            "insert into organisation_contents (organisation_id, id, content) values (:organisation, :id, :content)"
        )
        bind.execute(sa.text(insert), rows)


def _manifest(document: dict[str, Any], contents: dict[str, str]) -> dict[str, Any]:
    manifest = {"svarhus": document.get("svarhus", 1), "organisation": _kept(document["organisation"], contents)}
    for name, known_by in _LISTS.items():
        manifest[name] = [_kept(page, contents) for page in _pages(document.get(name, ()), known_by, contents)]
    return manifest


def _pages(parts: list[dict[str, Any]], known_by: str, contents: dict[str, str]) -> Iterator[dict[str, str]]:
    page: dict[str, str] = {}
    for part in parts:
        page[part[known_by]] = _kept(part, contents)
        if crc32(part[known_by].encode()) % _PAGE == 0:
            yield page
            page = {}
    if page:
        yield page


def _kept(value: dict[str, Any], contents: dict[str, str]) -> str:
    content = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    key = blake2b(content.encode(), digest_size=16).hexdigest()
    contents[key] = content
    return key


def _document(bind: sa.Connection, organisation: str, manifest: dict[str, Any]) -> dict[str, Any]:
    def read(keys: list[str]) -> list[dict[str, Any]]:
        query = "select id, content from organisation_contents where organisation_id = :organisation and id = any(:ids)"
        rows = bind.execute(sa.text(query), {"organisation": organisation, "ids": keys}).all()
        found = {row.id: json.loads(row.content) for row in rows}
        return [found[key] for key in keys]

    document = {"svarhus": manifest["svarhus"], "organisation": read([manifest["organisation"]])[0]}
    for name in _LISTS:
        document[name] = read([key for page in read(manifest[name]) for key in page.values()])
    return document
