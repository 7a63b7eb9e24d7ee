#!/usr/bin/python3
"""Reads a machine's changed block tracking with VMware's own Python client: one JSON object.

usage: tracking_by_pyvmomi.py PORT USER PASSWORD MACHINE [off]      off: switches it off first
The certificate is not judged here: the server runs on loopback, and OpsKit's side of the test pins it.
"""
import json
import ssl
import sys

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim


def names(trees):
    for tree in trees:
        yield tree.name
        yield from names(tree.childSnapshotList)


def main():
    port, user, password, name, *what = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    service = SmartConnect(host="127.0.0.1", port=int(port), user=user, pwd=password, sslContext=context)
    try:
        content = service.RetrieveContent()
        view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
        machine = next(m for m in view.view if m.name == name)
        if what == ["off"]:
            WaitForTask(machine.PowerOffVM_Task())
        disks = [d for d in machine.config.hardware.device if isinstance(d, vim.vm.device.VirtualDisk)]
        print(json.dumps({
            "flag": machine.config.changeTrackingEnabled,
            "changeIds": [d.backing.changeId for d in disks],
            "files": [d.backing.fileName for d in disks],
            "maps": sorted(f.name for f in machine.layoutEx.file if f.name.endswith("-ctk.vmdk")),
            "snapshots": list(names(machine.snapshot.rootSnapshotList)) if machine.snapshot else [],
            "consolidation": bool(machine.runtime.consolidationNeeded),
        }))
    finally:
        Disconnect(service)


if __name__ == "__main__":
    main()
