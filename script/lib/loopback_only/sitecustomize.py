"""Keeps a Python process on this machine: every look-up or connection beyond loopback
fails at once.

Put on PYTHONPATH by script/test. An audit hook sees what no patch would: sockets of C
code that go through the socket module, of gevent, of httplib2. PostgreSQL's driver has
its own sockets and is not concerned.
"""

import errno
import ipaddress
import socket
import sys

NAMED = {
    "",
    "localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "ip6-loopback",
    socket.gethostname(),
}
CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def is_local(host: object) -> bool:
    if host is None:
        return True
    name = host.decode("idna") if isinstance(host, bytes) else str(host)
    if name in NAMED:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def hook(event: str, args: tuple) -> None:
    if event in CONNECTING:
        address = args[1]
        # A tuple is an internet address; Unix sockets and a connected socket's None
        # stay on the machine.
        if isinstance(address, tuple) and not is_local(address[0]):
            refuse(address[0])
    elif event in LOOKING_UP and not is_local(args[0]):
        refuse(args[0])


def refuse(host: object) -> None:
    raise ConnectionRefusedError(
        errno.ECONNREFUSED, f"a test must not reach beyond this machine: {host}"
    )


sys.addaudithook(hook)
