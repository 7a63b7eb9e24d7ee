"""Listens on ports of the namespace it runs in, says so, and stays until its input ends. Arguments: tcp|udp:ADDRESS:PORT, and to:ADDRESS:PORT for a connection that it makes and holds."""

import socket
import sys

held = []
for wanted in sys.argv[1:]:
    kind, rest = wanted.split(":", 1)
    address, port = rest.rsplit(":", 1)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    one = socket.socket(family, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM)
    held.append(one)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if kind == "to":
        one.connect((address, int(port)))
        continue
    one.bind((address, int(port)))
    if kind == "tcp":
        one.listen(16)

print("listening", flush=True)
sys.stdin.read()
