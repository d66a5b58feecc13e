"""A telephony engine without sound, in virtual time: for tests, load and the simulator."""
