"""Hosts: maintenance mode, restart, connection, network hints, passthrough, firewall, services."""
from pyVmomi import vim

from tools import fault_of, host, task_fault, wait


def maintenance(content):
    esx = host(content, "esx04")
    loud = task_fault(content, esx.RebootHost_Task(False))
    out = task_fault(content, esx.ExitMaintenanceMode_Task(0))
    progress = wait(content, esx.EnterMaintenanceMode_Task(0, False))
    running = [vm.name for vm in esx.vm if vm.runtime.powerState == "poweredOn"]
    twice = task_fault(content, esx.EnterMaintenanceMode_Task(0, False))
    vm = next(v for h in esx.parent.host for v in h.vm if v.name == "test01")
    refused = task_fault(content, vm.MigrateVM_Task(None, esx, "defaultPriority"))
    booted = esx.runtime.bootTime
    task = esx.RebootHost_Task(False)
    wait(content, task)
    state = [esx.runtime.connectionState, task in esx.recentTask, task.info.name.info.wsdlName, task.info.descriptionId, task.info.entity == esx]
    seen, gone = {esx.runtime.connectionState}, None
    while not (esx.runtime.connectionState == "connected" and esx.runtime.bootTime > booted):
        seen.add(esx.runtime.connectionState)
        # Asked once, when it is first seen gone: later it may be back between the look and the call, and do what it is asked.
        if gone is None and esx.runtime.connectionState == "notResponding":
            gone = task_fault(content, esx.ExitMaintenanceMode_Task(0))
    still = esx.runtime.inMaintenanceMode
    wait(content, esx.ExitMaintenanceMode_Task(0))
    return {
        "loud": loud, "out": out, "progress": progress, "running": running, "twice": twice, "refused": refused, "state": state, "seen": sorted(seen), "gone": gone, "still": still,
        "after": esx.runtime.inMaintenanceMode,
    }


def connection(content):
    esx = host(content, "esx03")
    wait(content, esx.DisconnectHost_Task())
    state = [esx.runtime.connectionState, esx.runtime.powerState]
    machines = {vm.runtime.connectionState for vm in esx.vm}
    faults = [
        fault_of(esx.configManager.networkSystem.QueryNetworkHint), fault_of(esx.QueryHostConnectionInfo), task_fault(content, esx.EnterMaintenanceMode_Task(0)),
        task_fault(content, esx.vm[0].CreateSnapshot_Task("s", "", False, False)), task_fault(content, esx.DisconnectHost_Task()),
    ]
    wait(content, esx.ReconnectHost_Task(None, None))
    return {"state": state, "machines": sorted(machines), "faults": faults, "after": esx.runtime.connectionState, "info": esx.QueryHostConnectionInfo().host.config.name == esx.name}


def network(content):
    esx = host(content, "esx02")
    system = esx.configManager.networkSystem
    hints = {hint.device: hint for nic in system.networkInfo.pnic for hint in system.QueryNetworkHint(nic.device)}
    return {
        "nics": len(hints),
        "lldp": sorted(d for d, h in hints.items() if h.lldpInfo),
        "cdp": sorted(d for d, h in hints.items() if h.connectedSwitchPort),
        "port": hints["vmnic2"].lldpInfo.portId,
        "system": next(p.value for p in hints["vmnic2"].lldpInfo.parameter if p.key == "System Name"),
        "switches": sorted(s.name for s in system.networkInfo.vswitch),
        "proxies": [(s.dvsName, len(s.pnic)) for s in system.networkInfo.proxySwitch],
        "all": len(system.QueryNetworkHint()),
        "unknown": fault_of(system.QueryNetworkHint, ["vmnic99"]),
    }


def settings(content):
    esx = host(content, "esx03")
    firewall, services = esx.configManager.firewallSystem, esx.configManager.serviceSystem
    firewall.EnableRuleset("syslog")
    enabled = next(r.enabled for r in firewall.firewallInfo.ruleset if r.key == "syslog")
    address = vim.host.Ruleset.RulesetSpec(allowedHosts=vim.host.Ruleset.IpList(allIp=False, ipAddress=["192.0.2.9"]))
    firewall.UpdateRuleset("syslog", address)
    allowed = next(list(r.allowedHosts.ipAddress) for r in firewall.firewallInfo.ruleset if r.key == "syslog")
    services.StopService("ntpd")
    stopped = next(s.running for s in services.serviceInfo.service if s.key == "ntpd")
    services.StartService("ntpd")
    passthrough = esx.configManager.pciPassthruSystem
    spare = next(p for p in esx.config.network.pnic if p.linkSpeed is None)
    passthrough.UpdatePassthruConfig([vim.host.PciPassthruConfig(id=spare.pci, passthruEnabled=True)])
    used = next(p for p in esx.config.network.pnic if p.device == "vmnic0")
    options = esx.configManager.advancedOption
    options.UpdateOptions([vim.option.OptionValue(key="UserVars.SuppressShellWarning", value=1)])
    return {
        "enabled": enabled, "allowed": allowed, "stopped": stopped, "noRule": fault_of(firewall.EnableRuleset, "none"), "noService": fault_of(services.StartService, "none"),
        "passthrough": [p.passthruEnabled for p in passthrough.pciPassthruInfo if p.id == spare.pci],
        "inUse": fault_of(passthrough.UpdatePassthruConfig, [vim.host.PciPassthruConfig(id=used.pci, passthruEnabled=True)]),
        "option": options.QueryOptions("UserVars.SuppressShellWarning")[0].value, "noOption": fault_of(options.QueryOptions, "No.Such"),
    }


SCENARIOS = {"maintenance": maintenance, "connection": connection, "network": network, "settings": settings}
