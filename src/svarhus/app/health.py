"""Whether the application lives, is ready for calls, and what it counts."""

from collections.abc import Awaitable, Callable, Mapping
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from svarhus.kit.errors import NotSignedIn

Check = Callable[[], Awaitable[bool]]
"""Whether something that is needed for calls works now."""


def health_router(
    checks: Mapping[str, Check], registry: CollectorRegistry, token: str, beside: Mapping[str, Check] | None = None
) -> APIRouter:
    """`/healthz`: the process lives. `/readyz`: 200 when every check holds. `/metrics`: for Prometheus, which shows
    the token.

    `beside`: what is told there as well, but calls do without it.
    """
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process lives and answers."""
        return {"status": "alive"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """All that calls need works; what does not is named."""
        found = {name: await check() for name, check in checks.items()}
        others = {name: await check() for name, check in (beside or {}).items()}
        ready = all(found.values())
        return JSONResponse(
            {"status": "ready" if ready else "not ready", "checks": found, "beside": others},
            status_code=200 if ready else 503,
        )

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        """Counts and gauges in Prometheus' text format. They name the organisations: sign in with the bearer token
        `metrics_token` of the installation."""
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not compare_digest(shown.encode(), token.encode()):
            raise NotSignedIn(
                "Figures are for the operator.", "Send `metrics_token` of secrets.toml as a bearer token."
            )
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
