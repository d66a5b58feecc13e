"""Text messages over SMPP 3.4 (Short Message Peer to Peer Protocol Specification v3.4, Issue 1.2).

`pdu.py` does no I/O: what goes over the line. `line.py` is a session. How texts are written: `kit/short_messages.py`.
"""
