"""Every endpoint's answer is looked at: whom it must not name."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi.routing import APIRoute

import svarhus.app.api
from svarhus.app.api.parts import parts_router
from svarhus.app.api.routing import ApiRouter


def test_no_router_goes_past_the_projection_of_people() -> None:
    modules = [import_module(each.name) for each in iter_modules(svarhus.app.api.__path__, "svarhus.app.api.")]
    routers = [parts_router(), *(module.router for module in modules if hasattr(module, "router"))]
    assert len(routers) > 20
    for router in routers:
        endpoints = [route for route in router.routes if isinstance(route, APIRoute)]
        assert not endpoints or isinstance(router, ApiRouter), router.prefix
        assert all(hasattr(route.endpoint, "looks_at_answers") for route in endpoints), router.prefix
