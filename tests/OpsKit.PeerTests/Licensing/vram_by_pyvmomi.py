#!/usr/bin/python3
"""Counts vRAM with VMware's own Python client, independently of OpsKit: one JSON object, edition -> MB.

usage: vram_by_pyvmomi.py HOST PORT USER PASSWORD
The certificate is not judged here: the simulator runs on loopback, and OpsKit's side of the test pins it.
"""
import json
import ssl
import sys

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim

GB = 1024
PER_CPU = {
    "esxenterpriseplus": ("Enterprise Plus", 96),
    "esxenterprise": ("Enterprise", 64),
    "esxadvanced": ("Enterprise", 64),  # converts to vSphere 5 Enterprise
    "esxfull": ("Standard", 32),
}
CAP_MB = 96 * GB


def pool_of(license_info):
    return PER_CPU.get(license_info.editionKey.lower().replace(".vram", ""))


def objects(content, kind):
    view = content.viewManager.CreateContainerView(content.rootFolder, [kind], True)
    try:
        return list(view.view)
    finally:
        view.Destroy()


def main():
    host, port, user, password = sys.argv[1:5]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    service = SmartConnect(host=host, port=int(port), user=user, pwd=password, sslContext=context)
    try:
        content = service.RetrieveContent()
        manager = content.licenseManager.licenseAssignmentManager
        pools, in_pools, outside = {}, set(), {"configuredMB": 0, "usedMB": 0}
        for esx in objects(content, vim.HostSystem):
            rows = manager.QueryAssignedLicenses(esx._moId)
            entry = pool_of(rows[0].assignedLicense) if rows else None
            for machine in esx.vm:
                memory = machine.config.hardware.memoryMB
                used = min(memory, CAP_MB) if machine.runtime.powerState == "poweredOn" and not machine.config.template else 0
                secondary = machine.config.ftInfo is not None and machine.config.ftInfo.role > 1
                counts = entry and not machine.config.template and not secondary and machine.runtime.powerState != "suspended"
                target = pools.setdefault(entry[0], {"configuredMB": 0, "usedMB": 0, "entitledMB": 0}) if counts else outside
                target["configuredMB"] += memory
                target["usedMB"] += used
            if entry:
                pools.setdefault(entry[0], {"configuredMB": 0, "usedMB": 0, "entitledMB": 0})
                in_pools.add(rows[0].assignedLicense.licenseKey)
        for license_info in content.licenseManager.licenses:
            entry = pool_of(license_info)
            if entry and license_info.licenseKey in in_pools:
                pools[entry[0]]["entitledMB"] += license_info.total * entry[1] * GB
        json.dump({"pools": pools, "outside": outside}, sys.stdout)
    finally:
        Disconnect(service)


if __name__ == "__main__":
    main()
