"""Logging in, logging out, waiting too long, and accounts that may do less. These connect by themselves."""
from pyVim.connect import Disconnect
from pyVmomi import vim

from tools import all_of, fault_of, machine, task_fault


def login(lab):
    wrong = fault_of(lab.connect, password="wrong")
    nobody = fault_of(lab.connect, user="nobody@vsphere.local")
    service = lab.connect()
    content = service.RetrieveContent()
    session = content.sessionManager.currentSession
    twice = fault_of(content.sessionManager.Login, lab.user, lab.password, None)
    known = content.sessionManager.SessionIsActive(session.key, lab.user)
    content.sessionManager.Logout()
    return {
        "wrong": wrong, "nobody": nobody, "twice": twice, "user": session.userName, "known": known,
        "after": fault_of(all_of, content, None), "open": fault_of(service.CurrentTime), "current": fault_of(lambda: content.sessionManager.currentSession),
    }


def expiry(lab):
    """One session falls asleep while another looks on."""
    idle = lab.connect().RetrieveContent()
    session = idle.sessionManager.currentSession
    awake = lab.connect()
    manager = awake.RetrieveContent().sessionManager
    listed = session.key in [s.key for s in manager.sessionList]
    while manager.SessionIsActive(session.key, session.userName):
        pass
    found = {"listed": listed, "after": fault_of(all_of, idle, None), "left": session.key in [s.key for s in manager.sessionList]}
    Disconnect(awake)
    return found


def privileges(lab, user, password):
    service = lab.connect(user=user, password=password)
    content = service.RetrieveContent()
    vm = machine(content, "app02")

    def denied(call, *arguments):
        try:
            call(*arguments)
            return "allowed"
        except vim.fault.NoPermission as fault:
            return fault.privilegeId

    found = {
        "read": vm.config.hardware.memoryMB,
        "power": denied(vm.PowerOffVM_Task),
        "snapshot": denied(vm.CreateSnapshot_Task, "s", "", False, False),
        "tracking": denied(vm.ReconfigVM_Task, vim.vm.ConfigSpec(changeTrackingEnabled=True)),
        "maintenance": denied(vm.runtime.host.EnterMaintenanceMode_Task, 0),
        "restart": denied(vm.runtime.host.RebootHost_Task, True),
        "firewall": denied(vm.runtime.host.configManager.firewallSystem.EnableRuleset, "syslog"),
        "sessions": denied(lambda: content.sessionManager.TerminateSession(["x"])),
    }
    Disconnect(service)
    return found


SCENARIOS = {"login": login, "expiry": expiry, "privileges": privileges}
