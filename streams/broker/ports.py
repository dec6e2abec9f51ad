"""Picks loopback ports that nothing listens on."""

import random
import socket

from streams.broker.errors import PortTakenError

# Under the range from which the kernel gives ports to outgoing connections (32768 and up): a client that keeps trying
# to reach a dead broker on a port of that range can be given that very port, connects to itself, and holds it.
_RANGE = range(20_000, 32_000)


def free_ports(host: str, count: int) -> list[int]:
    """As many different ports as asked for, all free at this moment."""
    ports: list[int] = []
    for port in random.sample(_RANGE, len(_RANGE)):
        if len(ports) == count:
            break
        if _why_not(host, port) is None:
            ports.append(port)
    return ports


def check_free(host: str, port: int) -> None:
    """Raises PortTakenError where the port cannot be listened on."""
    reason = _why_not(host, port)
    if reason is not None:
        raise PortTakenError(
            f"port {port} on {host} cannot be had ({reason}): choose another port (0 takes a free one), "
            f"or use what listens there if it is a Kafka (--bootstrap {host}:{port})"
        )


def _why_not(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Java does: old connections are no obstacle
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror
    return None
