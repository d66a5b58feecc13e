"""What can go wrong with messages.

Invalid
├── NoReceiver        the receiver is no address or number of its channel
├── HostNotAllowed    the operator lets nothing be sent there
└── PasswordNeeded    a kept password is given to nobody else
TooMany
└── TooManyTests      texts cost money, whoever sends them
NotFound
├── NoMessage
└── NoProvider
"""

from svarhus.kit.errors import Invalid, NotFound, TooMany


class NoReceiver(Invalid):
    id = "no-receiver"
    title = "The receiver cannot be reached so"


class HostNotAllowed(Invalid):
    id = "host-not-allowed"
    title = "Nothing may be sent to this host"


class PasswordNeeded(Invalid):
    id = "password-needed"
    title = "The password has to be given"


class TooManyTests(TooMany):
    id = "too-many-tests"
    title = "Too many tests"


class NoMessage(NotFound):
    id = "no-message"
    title = "There is no such message"


class NoProvider(NotFound):
    id = "no-provider"
    title = "There is no provider"
