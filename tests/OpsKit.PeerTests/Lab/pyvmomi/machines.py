"""Changing machines: configuration, power, snapshots, changed block tracking, names."""
from pyVmomi import vim

from tools import all_of, disks, fault_of, host, machine, task_fault, wait


def _edit(disk):
    return vim.vm.ConfigSpec(deviceChange=[vim.vm.device.VirtualDeviceSpec(operation="edit", device=disk)])


def _extra(vm, key):
    return next((o.value for o in vm.config.extraConfig if o.key == key), None)


def reconfigure(content):
    off, on = machine(content, "test02"), machine(content, "web03")
    wait(content, off.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=6144, numCPUs=4)))
    hot = task_fault(content, on.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=16384)))
    disk = disks(on)[0]
    disk.storageIOAllocation.limit = 250
    wait(content, on.ReconfigVM_Task(_edit(disk)))
    limited = disks(on)[0].storageIOAllocation
    disk.storageIOAllocation.limit = 3
    low = task_fault(content, on.ReconfigVM_Task(_edit(disk)))
    disk = disks(on)[0]
    disk.capacityInKB = disk.capacityInBytes = 1024
    shrunk = task_fault(content, on.ReconfigVM_Task(_edit(disk)))
    option = vim.option.OptionValue(key="opskit.owner", value="<peer>")
    wait(content, on.ReconfigVM_Task(vim.vm.ConfigSpec(extraConfig=[option, vim.option.OptionValue(key="sched.scsi0:0.throughputCap", value="9")])))
    extra, ignored = _extra(on, "opskit.owner"), _extra(on, "sched.scsi0:0.throughputCap")
    wait(content, on.ReconfigVM_Task(vim.vm.ConfigSpec(extraConfig=[vim.option.OptionValue(key="opskit.owner", value="")])))
    stale = on.config.changeVersion
    wait(content, on.ReconfigVM_Task(vim.vm.ConfigSpec(annotation="newer")))
    return {
        "memory": off.config.hardware.memoryMB, "cpus": off.config.hardware.numCPU, "hot": hot, "limit": limited.limit, "shares": limited.shares.shares, "low": low, "shrunk": shrunk,
        "extra": extra, "ignored": ignored, "removed": _extra(on, "opskit.owner"), "stale": task_fault(content, on.ReconfigVM_Task(vim.vm.ConfigSpec(changeVersion=stale, annotation="x"))),
        "template": task_fault(content, machine(content, "tpl-rhel8").ReconfigVM_Task(vim.vm.ConfigSpec(changeTrackingEnabled=True))),
    }


def snapshots(content):
    vm = machine(content, "web02")
    progress = wait(content, vm.CreateSnapshot_Task("with memory", "by a peer", True, False))
    wait(content, vm.CreateSnapshot_Task("second", "", False, False))
    root = vm.snapshot.rootSnapshotList[0]
    tree = [root.name, root.state, [child.name for child in root.childSnapshotList]]
    current = vm.snapshot.currentSnapshot == root.childSnapshotList[0].snapshot
    wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(annotation="after the snapshots")))
    wait(content, root.snapshot.RevertToSnapshot_Task())
    reverted = vm.snapshot.currentSnapshot == root.snapshot
    wait(content, root.snapshot.RemoveSnapshot_Task(True))
    return {
        "progress": progress, "tree": tree, "current": current, "reverted": reverted, "left": vm.snapshot is None,
        "gone": fault_of(root.snapshot.RemoveSnapshot_Task, False), "none": task_fault(content, vm.RevertToCurrentSnapshot_Task()), "recent": [t.info.descriptionId for t in vm.recentTask],
    }


def tracking(content):
    vm = machine(content, "web01")

    def ids():
        return [d.backing.changeId for d in disks(vm)]

    wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(changeTrackingEnabled=True)))
    flag, before = vm.config.changeTrackingEnabled, ids()
    ctk = [f.name for f in vm.layoutEx.file if f.name.endswith("-ctk.vmdk")]
    wait(content, vm.CreateSnapshot_Task("cbt-1", "", False, False))
    snapshot, after = vm.snapshot.currentSnapshot, ids()
    mark = [d.backing.changeId for d in snapshot.config.hardware.device if isinstance(d, vim.vm.device.VirtualDisk)]
    used = _areas(vm, snapshot, disks(vm)[0], "*")
    wait(content, snapshot.RemoveSnapshot_Task(False))
    wait(content, vm.CreateSnapshot_Task("cbt-2", "", False, False))
    snapshot = vm.snapshot.currentSnapshot
    changed = _areas(vm, snapshot, disks(vm)[0], mark[0])
    running = fault_of(vm.QueryChangedDiskAreas, None, disks(vm)[0].key, 0, "*")
    foreign = fault_of(vm.QueryChangedDiskAreas, snapshot, disks(vm)[0].key, 0, "52 00 00 00 00 00 00 00-00 00 00 00 00 00 00 00/1")
    wait(content, snapshot.RemoveSnapshot_Task(False))
    return {
        "flag": flag, "before": before, "ctkBefore": ctk, "after": after, "mark": mark, "used": used, "changed": changed, "running": running, "foreign": foreign,
        "ctkAfter": len([f for f in vm.layoutEx.file if f.name.endswith("-ctk.vmdk")]), "consolidation": vm.runtime.consolidationNeeded,
    }


def _areas(vm, snapshot, disk, change_id):
    """Asks on until the disk's end, as backup programs do: the share of the disk."""
    offset, length, capacity = 0, 0, disk.capacityInKB << 10
    while offset < capacity:
        part = vm.QueryChangedDiskAreas(snapshot, disk.key, offset, change_id)
        length += sum(area.length for area in part.changedArea)
        offset = part.startOffset + part.length
    return length / capacity


def power(content):
    vm = machine(content, "test01")
    twice = task_fault(content, vm.PowerOnVM_Task())
    wait(content, vm.PowerOffVM_Task())
    off = [vm.runtime.powerState, task_fault(content, vm.PowerOffVM_Task()), task_fault(content, vm.SuspendVM_Task()), task_fault(content, vm.ResetVM_Task())]
    wait(content, vm.PowerOnVM_Task())
    wait(content, vm.SuspendVM_Task())
    suspended = vm.runtime.powerState
    wait(content, vm.PowerOnVM_Task())
    here = vm.runtime.host
    there = next(h for h in all_of(content, vim.HostSystem) if h != here and not h.runtime.inMaintenanceMode)
    wait(content, vm.MigrateVM_Task(None, there, "defaultPriority"))
    moved = vm.runtime.host == there
    other = next(d for d in all_of(content, vim.Datastore) if d != vm.datastore[0])
    wait(content, vm.RelocateVM_Task(vim.vm.RelocateSpec(datastore=other)))
    return {
        "twice": twice, "off": off, "suspended": suspended, "on": vm.runtime.powerState, "moved": moved, "stored": [d == other for d in vm.datastore],
        "template": task_fault(content, machine(content, "tpl-rhel8").PowerOnVM_Task()), "events": _events(content, vm),
    }


def _events(content, vm):
    spec = vim.event.EventFilterSpec(entity=vim.event.EventFilterSpec.ByEntity(entity=vm, recursion="self"))
    return [type(event).__name__.split(".")[-1] for event in content.eventManager.QueryEvents(spec)]


def names(content, *hostile):
    """A machine under names that are meant to break something, and back."""
    vm, found = machine(content, "web04"), []
    for name in hostile:
        wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(name=name)))
        found.append([vm.config.name, content.searchIndex.FindChild(vm.parent, vm.name) == vm])
    taken = task_fault(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(name="web03")))
    wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(name="web04")))
    return {"found": found, "taken": taken, "empty": task_fault(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(name=""))), "long": task_fault(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(name="x" * 81)))}


SCENARIOS = {"reconfigure": reconfigure, "snapshots": snapshots, "tracking": tracking, "power": power, "names": names}
