"""Errors as problem details (RFC 9457): `type` is `/problems/<id>` with a stable id, `remedy` says what to do."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from svarhus.domains.guests.errors import TooManyVisitors
from svarhus.domains.organisation.shape import SECRETS, reason_of
from svarhus.domains.people.errors import TooManyAttempts
from svarhus.kit.errors import Fault as KitFault
from svarhus.kit.errors import SvarhusError

_log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

MOST_FAULTS = 100
"""Told at a time: nobody reads more before mending the first."""


class Fault(BaseModel):
    """One thing wrong in what was sent."""

    path: str = Field(description="Where, such as `queues[2].members[0].person`.")
    message: str
    remedy: str = ""
    line: int | None = Field(default=None, description="From 1, when a file was sent.")
    reason: str = Field(default="", description="Stable id of what is wrong, where it has one: `number-too_short`.")
    values: tuple[str, ...] = Field(default=(), description="What the message names, in its order.")


class Problem(BaseModel):
    """An error, and what to do about it (RFC 9457)."""

    type: str = Field(description="`/problems/` and the error's stable id.")
    title: str
    status: int
    detail: str
    remedy: str = ""
    faults: tuple[Fault, ...] = ()


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, description in (("4XX", "What was asked for cannot be done."), ("5XX", "Something is broken."))
}
"""Possible answers of every endpoint, for the OpenAPI document."""


def problem(
    id: str,
    status: int,
    title: str,
    detail: str,
    remedy: str = "",
    faults: Sequence[KitFault] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    told = Problem(
        type=f"/problems/{id}",
        title=title,
        status=status,
        detail=detail,
        remedy=remedy,
        faults=tuple(
            Fault(
                path=each.path,
                message=each.message,
                remedy=each.remedy,
                line=each.line,
                reason=each.reason,
                values=each.values,
            )
            for each in faults
        ),
    )
    return JSONResponse(told.model_dump(mode="json"), status, headers, MEDIA_TYPE)


def answer(error: SvarhusError) -> JSONResponse:
    headers = {}
    if isinstance(error, TooManyAttempts | TooManyVisitors):
        headers["Retry-After"] = str(error.seconds)
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(error.id, error.status, error.title, error.detail, error.remedy, error.faults, headers)


def broken(error: Exception) -> JSONResponse:
    """An error of our own: logged in full, told without any detail."""
    _log.error("request failed", exc_info=error)
    return problem(
        SvarhusError.id,
        500,
        SvarhusError.title,
        "The request could not be carried out, for a reason that is not yours.",
        "Try again. If it stays so, the operator finds the reason in the log.",
    )


def install(application: FastAPI) -> None:
    """Let the application answer all errors as problems."""

    async def ours(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, SvarhusError), "it is registered for these alone"
        return answer(error)

    async def invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError), "it is registered for these alone"
        return _invalid(error)

    async def plain(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException), "it is registered for these alone"
        return _plain(error)

    application.add_exception_handler(SvarhusError, ours)
    application.add_exception_handler(RequestValidationError, invalid)
    application.add_exception_handler(HTTPException, plain)


def _invalid(error: RequestValidationError) -> JSONResponse:
    faults = []
    for each in error.errors()[:MOST_FAULTS]:
        path = ".".join(str(step) for step in each["loc"])
        secret = any(step in SECRETS for step in each["loc"])
        reason, values = reason_of(each["type"], each.get("ctx", {}))
        message = "the value is not allowed" if secret else str(each["msg"])
        faults.append(KitFault(path, message, reason=reason, values=values))
    return problem(
        "invalid",
        422,
        "The input is not right",
        "The request does not fit the API's schema.",
        "See /api/openapi.json.",
        faults,
    )


def _plain(error: HTTPException) -> JSONResponse:
    phrase = HTTPStatus(error.status_code).phrase
    id = phrase.lower().replace(" ", "-")
    remedy = "The API's paths and methods are in /api/openapi.json." if error.status_code in {404, 405} else ""
    return problem(id, error.status_code, phrase, str(error.detail), remedy, headers=error.headers)
