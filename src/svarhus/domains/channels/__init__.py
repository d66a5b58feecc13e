"""The channels by which work comes in: a folder each, with what the desk shows of it, its history and its storage.

`channel.py` says what a channel is, `registry.py` names all. The desk knows none of them by name.
"""
