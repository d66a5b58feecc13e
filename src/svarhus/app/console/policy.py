"""What browsers may do on the console's pages.

Scripts come from this server alone, and none stands in a page. Styles may stand in pages: the components set
sizes and colours so, and a style cannot act. Content Security Policy Level 3: https://www.w3.org/TR/CSP3/
"""

import re

from starlette.requests import Request

_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")

_PERMISSIONS = (
    "microphone=(self), speaker-selection=(self), fullscreen=(self), screen-wake-lock=(self), autoplay=(self), "
    "camera=(), display-capture=(), geolocation=(), midi=(), payment=(), usb=(), serial=()"
)


def page_headers(request: Request) -> dict[str, str]:
    """Headers of a page."""
    return {
        "Content-Security-Policy": content_policy(request.headers.get("host", "")),
        "Permissions-Policy": _PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def content_policy(host: str) -> str:
    """The policy of a page that was asked for at this host (and port)."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' blob: data:",
            "font-src 'self'",
            "media-src 'self' blob:",
            f"connect-src {' '.join(_connections(host))}",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _connections(host: str) -> tuple[str, ...]:
    """WebSockets are named: not every browser takes them for a part of 'self'."""
    return ("'self'", f"ws://{host}", f"wss://{host}") if _HOST.fullmatch(host) else ("'self'",)
