#!/usr/bin/python3
"""What VMware's own Python client makes of a lab: one scenario a run, its findings as one JSON object.

usage: peer.py SCENARIO PORT CERTIFICATE USER PASSWORD [ARGUMENT...]

The certificate is judged as any other: by the PEM file the lab wrote.
"""
import json
import ssl
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

from pyVim.connect import Disconnect, SmartConnect  # noqa: E402
from pyVmomi import vmodl  # noqa: E402

import hosts  # noqa: E402
import machines  # noqa: E402
import reading  # noqa: E402
import sessions  # noqa: E402

SCENARIOS = {**reading.SCENARIOS, **machines.SCENARIOS, **hosts.SCENARIOS, **sessions.SCENARIOS}


class Lab:
    """The way to one lab."""

    def __init__(self, port, certificate, user, password):
        self.port, self.certificate, self.user, self.password = int(port), certificate, user, password

    def connect(self, user=None, password=None):
        context = ssl.create_default_context(cafile=self.certificate)
        return SmartConnect(host="127.0.0.1", port=self.port, user=user or self.user, pwd=password or self.password, sslContext=context)


def main():
    name, port, certificate, user, password, *arguments = sys.argv[1:]
    lab = Lab(port, certificate, user, password)
    scenario = SCENARIOS[name]
    if scenario in sessions.SCENARIOS.values():
        found = scenario(lab, *arguments)
    else:
        service = lab.connect()
        try:
            found = scenario(service.RetrieveContent(), *arguments)
        finally:
            try:
                Disconnect(service)
            except vmodl.fault.NotAuthenticated:
                pass
    print(json.dumps(found))


if __name__ == "__main__":
    main()
