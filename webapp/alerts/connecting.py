"""The last check before a connection: the address that a name led to must be a public one."""

import ipaddress
import socket
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address, which a gateway would call."""


class NotPublic(OSError):
    """A push service's name led into a private network."""


def open_socket(address_info: tuple[Any, ...], test_host: str = "") -> socket.socket:
    """A socket for this address (as `getaddrinfo` gives it); raises NotPublic.

    `test_host` ("127.0.0.1:9000") lets through the loopback at that port.
    """
    family, kind, protocol, _name, (host, port, *_rest) = address_info
    address = ipaddress.ip_address(host.partition("%")[0])
    tested = address.is_loopback and test_host.rpartition(":")[2] == str(port)
    if not (is_public(address) or tested):
        raise NotPublic("not a public address")
    return socket.socket(family=family, type=kind, proto=protocol)


def is_public(address: Address) -> bool:
    """Whether anybody's network may be there; an IPv4 address inside an IPv6 one counts too."""
    inside = [address, *_within(address)]
    return all(one.is_global and not one.is_multicast for one in inside)


def _within(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one]
