"""Notices on people's devices of calls that are offered to them."""
