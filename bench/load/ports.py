"""Ports for a benchmark."""

import socket


def free_ports(count: int) -> list[int]:
    """Loopback ports that are free for UDP and TCP, each with the next one free too."""
    held: list[socket.socket] = []
    found: list[int] = []
    for port in range(24000, 32000, 2):
        try:
            for offset in (0, 1):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    one = socket.socket(socket.AF_INET, kind)
                    held.append(one)
                    one.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        found.append(port)
        if len(found) == count:
            break
    for one in held:
        one.close()
    return found
