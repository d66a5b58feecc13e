"""What can go wrong at a start.

Conflict
├── InUse           another start runs on the same data folder
├── PortTaken       another process listens where we want to
├── PortNotAllowed  the system keeps it for root
├── NotOurAddress   no network of this machine has it
└── NoDataFolder    it cannot be made, or not be written to
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


class PortNotAllowed(Conflict):
    id = "port-not-allowed"
    title = "A port may not be used"


class NotOurAddress(Conflict):
    id = "not-our-address"
    title = "The address is not this machine's"


class NoDataFolder(Conflict):
    id = "no-data-folder"
    title = "The data folder cannot be used"


class NotComingUp(Unavailable):
    id = "not-coming-up"
    title = "A part of the product does not come up"
