"""What can go wrong with wallboards.

SvarhusError
├── NotFound      NoLink
└── NotSignedIn   LinkRevoked
"""

from svarhus.kit.errors import NotFound, NotSignedIn


class NoLink(NotFound):
    id = "no-such-wallboard-link"
    title = "There is no such link"


class LinkRevoked(NotSignedIn):
    id = "wallboard-link-revoked"
    title = "The link is of no use any more"
