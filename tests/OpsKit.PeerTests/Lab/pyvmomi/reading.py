"""Reading: every type and property, details, filters and updates, search, licences, performance."""
from pyVmomi import vim, vmodl

from tools import Collector, all_of, disks, fault_of, host, machine, wait


def _managed(name):
    return getattr(vim, name, None) or getattr(vim.dvs, name, None) or getattr(vim.host, name.removeprefix("Host"), None)


def inventory(content, manifest):
    """Reads every property path of the manifest from every object of its type."""
    paths = {}
    with open(manifest, encoding="utf-8") as lines:
        for words in (line.split() for line in lines):
            if words[:1] == ["property"]:
                paths.setdefault(words[1], []).extend(words[2:])
    found = {"objects": {}, "read": 0, "set": 0, "unknown": [], "missing": []}
    by_type = {}
    for thing in all_of(content, None):
        by_type.setdefault(type(thing), []).append(thing)
    for kind, things in by_type.items():
        name = kind.__name__.split(".")[-1]
        found["objects"][name] = len(things)
        wanted = sorted({p for t, ps in paths.items() if _managed(t) and issubclass(kind, _managed(t)) for p in ps})
        for path in wanted:
            spec = Collector.FilterSpec(propSet=[Collector.PropertySpec(type=kind, pathSet=[path])], objectSet=[Collector.ObjectSpec(obj=t) for t in things])
            try:
                result = content.propertyCollector.RetrievePropertiesEx([spec], Collector.RetrieveOptions())
            except vmodl.query.InvalidProperty as refusal:
                found["unknown"].append(f"{name}.{refusal.name}")
                continue
            found["read"] += 1
            found["set"] += any(o.propSet for o in result.objects)
            found["missing"] += [f"{name}.{m.path}" for o in result.objects for m in o.missingSet]
    return found


def details(content):
    vm, esx = machine(content, "db01"), host(content, "esx01")
    cluster, store = all_of(content, vim.ClusterComputeResource)[0], all_of(content, vim.Datastore)[0]
    return {
        "about": content.about.apiType,
        "disksGb": [d.capacityInKB >> 20 for d in disks(vm)],
        "backings": [type(d.backing).__name__.split(".")[-1] for d in disks(vm)],
        "limit": disks(vm)[0].storageIOAllocation.limit,
        "least": vm.environmentBrowser.QueryConfigOption(None, None).hardwareOptions.virtualDeviceOption[0].ioAllocationOption.limitOption.min,
        "mac": next(d.macAddress for d in vm.config.hardware.device if isinstance(d, vim.vm.device.VirtualEthernetCard)),
        "guest": vm.guest.toolsRunningStatus,
        "host": vm.runtime.host.name,
        "layout": sorted({f.type for f in vm.layoutEx.file}),
        "version": esx.config.product.version,
        "cores": esx.hardware.cpuInfo.numCpuCores,
        "pnics": len(esx.config.network.pnic),
        "linkless": sum(p.linkSpeed is None for p in esx.config.network.pnic),
        "services": sorted(s.key for s in esx.config.service.service),
        "vmotion": esx.summary.config.vmotionEnabled,
        "hostsOfCluster": len(cluster.host),
        "drs": cluster.configurationEx.drsConfig.enabled,
        "storeType": store.summary.type,
        "storeHosts": len(store.host),
        "path": content.searchIndex.FindByInventoryPath("Lab/vm/Prod/DB/db01") == vm,
        "uuid": content.searchIndex.FindByUuid(None, vm.config.uuid, True) == vm,
        "nowhere": content.searchIndex.FindByInventoryPath("Lab/vm/none") is None,
    }


def paging(content):
    """Three machines a page until there is no token, and a traversal in place of the view."""
    traversal = Collector.TraversalSpec(name="down", type=vim.Folder, path="childEntity", skip=False, selectSet=[
        Collector.SelectionSpec(name="down"),
        Collector.TraversalSpec(type=vim.Datacenter, path="vmFolder", skip=False, selectSet=[Collector.SelectionSpec(name="down")])])
    spec = Collector.FilterSpec(
        propSet=[Collector.PropertySpec(type=vim.VirtualMachine, pathSet=["name"])],
        objectSet=[Collector.ObjectSpec(obj=content.rootFolder, skip=False, selectSet=[traversal])])
    pages, collector = [], content.propertyCollector
    page = collector.RetrievePropertiesEx([spec], Collector.RetrieveOptions(maxObjects=3))
    first = page.token
    while page:
        pages.append(len(page.objects))
        page = collector.ContinueRetrievePropertiesEx(page.token) if page.token else None
    return {"pages": pages, "usedToken": fault_of(collector.ContinueRetrievePropertiesEx, first)}


def updates(content):
    """A filter that enters objects in parts, hears of a change, and of nothing else."""
    collector = content.propertyCollector.CreatePropertyCollector()
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    spec = Collector.FilterSpec(
        propSet=[Collector.PropertySpec(type=vim.VirtualMachine, pathSet=["name", "config.annotation", "runtime.powerState"])],
        objectSet=[Collector.ObjectSpec(obj=view, skip=True, selectSet=[Collector.TraversalSpec(type=vim.view.ContainerView, path="view", skip=False)])])
    collector.CreateFilter(spec, True)
    version, entered, truncated = "", [], []
    while True:
        update = collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxObjectUpdates=5, maxWaitSeconds=30))
        version = update.version
        entered += [o.obj for s in update.filterSet for o in s.objectSet if o.kind == "enter"]
        truncated.append(bool(update.truncated))
        if not update.truncated:
            break
    quiet = collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxWaitSeconds=0))
    vm = machine(content, "app01")
    wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(annotation="told by an update")))
    update = collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxWaitSeconds=30))
    changes = [(o.obj == vm, o.kind, c.name, c.val) for s in update.filterSet for o in s.objectSet for c in o.changeSet]
    again = collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxWaitSeconds=0))
    wrong = fault_of(collector.WaitForUpdatesEx, "4711", Collector.WaitOptions(maxWaitSeconds=0))
    collector.Destroy()
    view.Destroy()
    return {"entered": len(set(entered)), "truncated": truncated, "quiet": quiet is None, "changes": changes, "again": again.version == update.version, "wrong": wrong}


def licences(content):
    manager = content.licenseManager
    esx = host(content, "esx02")
    rows = manager.licenseAssignmentManager.QueryAssignedLicenses(esx._moId)
    return {
        "editions": sorted(info.editionKey for info in manager.licenses),
        "used": {info.editionKey: info.used for info in manager.licenses if info.used},
        "host": [(row.entityDisplayName, row.assignedLicense.editionKey) for row in rows],
        "all": len(manager.licenseAssignmentManager.QueryAssignedLicenses()),
        "nobody": len(manager.licenseAssignmentManager.QueryAssignedLicenses("host-0")),
    }


def performance(content):
    """The I/O of the database's data disk before and after a limit."""
    vm, manager = machine(content, "db01"), content.perfManager
    ids = [c.key for c in manager.perfCounter if c.groupInfo.key == "virtualDisk" and c.nameInfo.key in ("numberReadAveraged", "numberWriteAveraged")]
    available = manager.QueryAvailablePerfMetric(vm, intervalId=manager.QueryPerfProviderSummary(vm).refreshRate)

    def iops():
        spec = vim.PerformanceManager.QuerySpec(
            entity=vm, intervalId=20, maxSample=1, format="normal", metricId=[vim.PerformanceManager.MetricId(counterId=i, instance="scsi0:1") for i in ids])
        answer = manager.QueryPerf([spec])[0]
        return answer.sampleInfo[-1].timestamp, sum(series.value[-1] for series in answer.value)

    first, before = iops()
    disk = disks(vm)[1]
    disk.storageIOAllocation.limit = 500
    change = vim.vm.device.VirtualDeviceSpec(operation="edit", device=disk)
    wait(content, vm.ReconfigVM_Task(vim.vm.ConfigSpec(deviceChange=[change])))
    since = vm.config.modified
    while True:
        at, after = iops()
        if (at - since).total_seconds() > 20:
            break
    return {"counters": len(ids), "instances": sorted({m.instance for m in available if m.counterId in ids}), "before": before, "after": after, "limit": disks(vm)[1].storageIOAllocation.limit}


SCENARIOS = {"inventory": inventory, "details": details, "paging": paging, "updates": updates, "licences": licences, "performance": performance}
