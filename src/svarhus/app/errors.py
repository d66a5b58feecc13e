"""What can go wrong at a start.

Conflict
├── InUse           another start runs on the same data folder
└── PortTaken       another process listens where we want to
Unavailable
└── NotComingUp     a part was started, but does not answer
"""

from svarhus.kit.errors import Conflict, Unavailable


class InUse(Conflict):
    id = "data-folder-in-use"
    title = "The data folder is in use"


class PortTaken(Conflict):
    id = "port-taken"
    title = "A port is taken"


class NotComingUp(Unavailable):
    id = "not-coming-up"
    title = "A part of the product does not come up"
