#!/usr/bin/python3
"""Reads a machine's disks with VMware's own Python client: one JSON object, label -> what the disk has; "caps": bandwidth caps.

usage: disks_by_pyvmomi.py PORT USER PASSWORD MACHINE [off]      off: switches it off first
The certificate is not judged here: the server runs on loopback, and OpsKit's side of the test pins it.
"""
import json
import ssl
import sys

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim


def seen(disk):
    allocation = disk.storageIOAllocation
    return {
        "limit": allocation.limit if allocation else None,
        "shares": allocation.shares.shares if allocation and allocation.shares else None,
        "reservation": allocation.reservation if allocation else None,
        "key": disk.key,
        "controller": disk.controllerKey,
        "unit": disk.unitNumber,
        "file": disk.backing.fileName,
        "mode": disk.backing.diskMode,
        "uuid": disk.backing.uuid,
        "thin": disk.backing.thinProvisioned,
        "capacity": disk.capacityInKB,
    }


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
        disks = {d.deviceInfo.label: seen(d) for d in machine.config.hardware.device if isinstance(d, vim.vm.device.VirtualDisk)}
        caps = {o.key: o.value for o in machine.config.extraConfig if o.key.endswith("bandwidthCap")}
        print(json.dumps({"disks": disks, "caps": caps}))
    finally:
        Disconnect(service)


if __name__ == "__main__":
    main()
