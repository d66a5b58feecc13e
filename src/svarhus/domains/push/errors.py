"""What can go wrong with notices on devices.

Invalid
├── UnknownPushService   the address belongs to no push service that we know
└── NotADevice           only who is signed in by a browser has a device
"""

from svarhus.kit.errors import Invalid


class UnknownPushService(Invalid):
    id = "unknown-push-service"
    title = "The push service is not known"


class NotADevice(Invalid):
    id = "not-a-device"
    title = "This is not a browser's session"
