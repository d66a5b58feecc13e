"""Text messages over SMPP 3.4 (Short Message Peer to Peer Protocol Specification v3.4, Issue 1.2).

`pdu.py` and `alphabet.py` do no I/O: what goes over the line, and how texts are written. `line.py` is a session.
"""
