"""Finding things, and waiting for tasks as pyvmomi's users do."""
from pyVmomi import vim, vmodl

Collector = vmodl.query.PropertyCollector


def all_of(content, kind):
    view = content.viewManager.CreateContainerView(content.rootFolder, [kind] if kind else [], True)
    try:
        return list(view.view)
    finally:
        view.Destroy()


def machine(content, name):
    return next(m for m in all_of(content, vim.VirtualMachine) if m.name == name)


def host(content, name):
    return next(h for h in all_of(content, vim.HostSystem) if h.name.startswith(name))


def wait(content, task):
    """Waits by a property filter, and returns the progress it was told; raises the task's fault."""
    collector = content.propertyCollector
    spec = Collector.FilterSpec(
        propSet=[Collector.PropertySpec(type=vim.Task, pathSet=["info.state", "info.progress", "info.error"])],
        objectSet=[Collector.ObjectSpec(obj=task)])
    watch = collector.CreateFilter(spec, True)
    progress, error, version = [], None, ""
    try:
        while True:
            update = collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxWaitSeconds=30))
            if update is None:
                raise TimeoutError(f"nothing new of {task} for 30 s")
            version = update.version
            for changed in (c for s in update.filterSet for o in s.objectSet for c in o.changeSet):
                if changed.name == "info.progress" and changed.val is not None:
                    progress.append(changed.val)
                if changed.name == "info.error" and changed.val is not None:
                    error = changed.val
                if changed.name == "info.state" and changed.val == "error":
                    raise error or task.info.error
                if changed.name == "info.state" and changed.val == "success":
                    return progress
    finally:
        watch.Destroy()


def fault_of(call, *arguments, **named):
    """The name of the fault a call ends with; empty where it ends well."""
    try:
        call(*arguments, **named)
        return ""
    except vmodl.MethodFault as fault:
        return type(fault).__name__.split(".")[-1]


def task_fault(content, task):
    return fault_of(wait, content, task)


def disks(vm):
    return [d for d in vm.config.hardware.device if isinstance(d, vim.vm.device.VirtualDisk)]
