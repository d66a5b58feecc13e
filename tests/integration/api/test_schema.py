"""Schemathesis reads the OpenAPI document and sends what nobody thought of: nothing may break."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from database import own_database
from examples import examples
from integration.api.serving import Running, application, served

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]

schemathesis.serializer.alias("audio/wav", "application/octet-stream")

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


TOO_LONG = 414
"""An address that is refused as it is read, before there is a question to any part of the API."""


def operations() -> list[Operation]:
    """All that the OpenAPI document describes. No database is needed to describe."""
    document = application("postgresql://nobody@127.0.0.1/nothing", Path("nowhere")).openapi()
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    return [each.ok() for each in found if isinstance(each, Ok)]


@pytest.fixture(scope="module")
def running(
    database_server: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with own_database(database_server, migrated_template) as url, served(url, tmp_path_factory.mktemp("audio")) as one:
        yield one


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_nothing_breaks(operation: Operation, mode: GenerationMode, running: Running) -> None:
    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=examples(2), deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def probe(case: AnyCase) -> None:
        answer = case.call(base_url=running.address, headers={"Authorization": f"Bearer {running.token}"})
        if answer.status_code != TOO_LONG:
            case.validate_response(answer, checks=CHECKS)

    # An operation that takes nothing cannot be asked in a wrong way.
    with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
        probe()
