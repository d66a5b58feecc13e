"""What can go wrong with an organisation's configuration."""

from svarhus.kit.errors import Conflict, Invalid, NotFound


class FaultyFile(Invalid):
    """The document has faults; all of them are named."""

    id = "faulty-organisation"
    title = "The organisation has faults"


class NoOrganisation(NotFound):
    id = "no-such-organisation"
    title = "There is no such organisation"


class NoRevision(NotFound):
    id = "no-such-revision"
    title = "There is no such revision"


class NoPart(NotFound):
    id = "no-such-part"
    title = "There is no such part of the organisation"


class Outdated(Conflict):
    """Somebody else has changed the organisation meanwhile."""

    id = "outdated"
    status = 412
    title = "Changed by somebody else meanwhile"


class InUse(Conflict):
    id = "in-use"
    title = "It is in use"


class Exists(Conflict):
    id = "exists"
    title = "There is one already"


class NobodyLeft(Conflict):
    """An organisation that somebody can administrate stays so."""

    id = "nobody-left"
    title = "Nobody could sign in as administrator any more"


class OtherOrganisation(Conflict):
    id = "other-organisation"
    title = "The file is of another organisation"
