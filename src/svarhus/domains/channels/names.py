"""The names of the channels that come of calls. Their ids are those of calls, bookings and recordings."""

from svarhus.domains.cases.model import ChannelName

CALL = ChannelName("call")
CALLBACK = ChannelName("callback")
VOICEMAIL = ChannelName("voicemail")
