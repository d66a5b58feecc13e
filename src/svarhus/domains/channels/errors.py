"""What can go wrong with channels.

SvarhusError
└── Invalid   NoSuchChannel
"""

from svarhus.kit.errors import Invalid


class NoSuchChannel(Invalid):
    id = "no-such-channel"
    title = "There is no such channel"
