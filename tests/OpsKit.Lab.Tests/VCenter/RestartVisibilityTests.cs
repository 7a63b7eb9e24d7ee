using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>A restart that was asked for can be seen at every moment from then on: a run that died meanwhile must not ask for a second one.</summary>
public sealed class RestartVisibilityTests
{
    [Fact]
    public void Restart_is_listed_from_the_call_until_well_after_the_host_is_back()
    {
        using var lab = InMaintenance();
        var booted = lab.Host.BootTime;

        var task = lab.Begin(Reboot(lab.Host));

        Recent(lab).ShouldContain(task, "queued");
        lab.Until(() => lab.Info(task).State == TaskInfoState.Running, TimeSpan.FromSeconds(5));
        Recent(lab).ShouldContain(task, "running");
        lab.Until(() => lab.Host.ConnectionState != "connected", TimeSpan.FromMinutes(1));
        lab.Info(task).State.ShouldBe(TaskInfoState.Success, "it ends when the host begins to restart");
        (lab.Info(task).CompleteTime < lab.Estate.Clock.GetUtcNow()).ShouldBeTrue();
        Recent(lab).ShouldContain(task, "the host is away");
        lab.Until(() => lab.Host.ConnectionState == "connected", TimeSpan.FromMinutes(10));
        Recent(lab).ShouldContain(task, "the host is back");
        lab.Host.BootTime.ShouldBeGreaterThan(booted);
    }

    [Fact]
    public void Between_the_task_and_the_silence_the_host_is_still_there_and_takes_no_second_restart()
    {
        using var lab = InMaintenance();
        lab.Run(Reboot(lab.Host)).State.ShouldBe(TaskInfoState.Success);

        lab.Host.ConnectionState.ShouldBe("connected");
        lab.Host.Restarting.ShouldBeTrue();
        lab.Run(Reboot(lab.Host)).Error!.Fault.ShouldBeOfType<InvalidState>();
        lab.Run(new RebootHostTaskRequest { Self = lab.Host.Reference(), Force = true }).Error!.Fault.ShouldBeOfType<InvalidState>();
        lab.Until(() => !lab.Host.PoweredOn, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Tasks_that_ended_are_forgotten_in_the_end_and_others_that_run_are_not()
    {
        using var lab = new OperatedLab();
        lab.Machine("web01").PinnedBecause = "a passthrough device";
        var waiting = lab.Begin(new EnterMaintenanceModeTaskRequest { Self = lab.Host.Reference(), Timeout = 0 });
        var old = lab.Begin(Annotate(lab.Machine("web02")));
        lab.Pass(TimeSpan.FromMinutes(12));

        lab.Begin(Annotate(lab.Machine("web03")));

        lab.Inventory.TypeOf(old).ShouldBeNull();
        lab.Info(waiting).State.ShouldBe(TaskInfoState.Running);
        ((IArrayOf)lab.Inventory.Property(WellKnown.TaskManager, "recentTask")!).Items.ShouldContain(waiting);
    }

    private static OperatedLab InMaintenance()
    {
        var lab = new OperatedLab();
        lab.Run(new EnterMaintenanceModeTaskRequest { Self = lab.Host.Reference(), Timeout = 0 }).State.ShouldBe(TaskInfoState.Success);
        return lab;
    }

    private static RebootHostTaskRequest Reboot(LabHost host) => new() { Self = host.Reference(), Force = false };

    private static ReconfigVMTaskRequest Annotate(LabMachine machine) => new() { Self = machine.Reference(), Spec = new VirtualMachineConfigSpec { Annotation = "noted" } };

    private static IEnumerable<object?> Recent(OperatedLab lab) => ((IArrayOf)lab.Inventory.Property(lab.Host.Reference(), "recentTask")!).Items;
}
