using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class HostOperationsTests
{
    [Fact]
    public void Maintenance_mode_moves_running_machines_away_and_leaves_the_others()
    {
        using var lab = new OperatedLab();
        var host = lab.Estate.Hosts[2];
        lab.Run(Enter(host)).State.ShouldBe(TaskInfoState.Success);
        host.InMaintenanceMode.ShouldBeTrue();
        host.EnteringMaintenanceMode.ShouldBeFalse();
        lab.Estate.Machines.Where(machine => machine.Host == host).ShouldAllBe(machine => machine.PowerState != "poweredOn");
        lab.Machine("test02").Host.ShouldBe(host);
        lab.Run(new ExitMaintenanceModeTaskRequest { Self = host.Reference(), Timeout = 0 }).State.ShouldBe(TaskInfoState.Success);
        host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public void Maintenance_mode_waits_for_a_pinned_machine_and_times_out()
    {
        using var lab = new OperatedLab();
        lab.Machine("web01").PinnedBecause = "a passthrough device";
        var info = lab.Run(Enter(lab.Host, timeout: 120));
        info.State.ShouldBe(TaskInfoState.Error);
        info.Error!.Fault.ShouldBeOfType<Timedout>();
        (info.CompleteTime - info.StartTime).ShouldNotBeNull().TotalSeconds.ShouldBeInRange(120, 124);
        lab.Host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public void Maintenance_mode_goes_on_when_the_last_machine_is_switched_off()
    {
        using var lab = new OperatedLab();
        lab.Host.Cluster.DrsBehavior = "manual";
        var task = lab.Begin(Enter(lab.Host));
        lab.Pass(TimeSpan.FromMinutes(5));
        lab.Info(task).State.ShouldBe(TaskInfoState.Running);
        foreach (var machine in lab.Estate.Machines.Where(machine => machine.Host == lab.Host && machine.PowerState == "poweredOn").ToList())
            lab.Run(new PowerOffVMTaskRequest { Self = machine.Reference() }).State.ShouldBe(TaskInfoState.Success);
        lab.End(task).State.ShouldBe(TaskInfoState.Success);
    }

    [Fact]
    public async Task Cancelled_maintenance_mode_is_left_again()
    {
        using var lab = new OperatedLab();
        lab.Machine("web01").PinnedBecause = "a passthrough device";
        var task = lab.Begin(Enter(lab.Host));
        lab.Pass(TimeSpan.FromSeconds(30));
        lab.Invoke(new CancelTaskRequest { Self = task });
        await Eventually.TrueAsync(() => lab.Info(task).CompleteTime is not null, "the task to be cancelled, for which no lab time need pass");
        var info = lab.Info(task);
        info.Error!.Fault.ShouldBeOfType<RequestCanceled>();
        info.Cancelled.ShouldBe(true);
        lab.Host.EnteringMaintenanceMode.ShouldBeFalse();
        Should.Throw<LabFaultException>(() => lab.Invoke(new CancelTaskRequest { Self = task })).Fault.ShouldBeOfType<InvalidState>();
    }

    [Fact]
    public void A_second_task_on_the_same_host_ends_with_task_in_progress()
    {
        using var lab = new OperatedLab();
        var first = lab.Begin(Enter(lab.Host));
        lab.Pass(TimeSpan.FromSeconds(1));
        var second = lab.Run(Enter(lab.Host));
        second.Error!.Fault.ShouldBeOfType<TaskInProgress>().Task.ShouldBe(first);
        lab.End(first).State.ShouldBe(TaskInfoState.Success);
    }

    [Fact]
    public void Restart_takes_the_host_away_and_brings_it_back_in_maintenance_mode()
    {
        using var lab = new OperatedLab();
        lab.Run(Enter(lab.Host));
        var booted = lab.Host.BootTime;
        lab.Run(Reboot(lab.Host)).State.ShouldBe(TaskInfoState.Success);
        lab.Until(() => lab.Host.ConnectionState == "notResponding", TimeSpan.FromMinutes(1));
        lab.Host.PoweredOn.ShouldBeFalse();
        lab.Run(Reboot(lab.Host)).Error!.Fault.ShouldBeOfType<HostNotConnected>();
        lab.Until(() => lab.Host.ConnectionState == "connected", lab.Host.RebootTime + TimeSpan.FromMinutes(1));
        lab.Host.BootTime.ShouldBeGreaterThan(booted);
        lab.Host.InMaintenanceMode.ShouldBeTrue();
    }

    [Fact]
    public void Restart_without_maintenance_mode_is_an_invalid_state()
    {
        using var lab = new OperatedLab();
        lab.Run(Reboot(lab.Host)).Error!.Fault.ShouldBeOfType<InvalidState>();
        lab.Host.PoweredOn.ShouldBeTrue();
    }

    [Fact]
    public void Passthrough_of_a_host_before_seven_waits_for_the_restart()
    {
        using var lab = new OperatedLab(LabSize.Field);
        var nic = lab.Host.PNics.First(nic => !nic.LinkUp);
        lab.Invoke(Passthrough(lab.Host, nic));
        nic.PassthroughEnabled.ShouldBeTrue();
        nic.PassthroughActive.ShouldBeFalse();
        lab.Host.RebootRequired.ShouldBeTrue();
        lab.Run(Enter(lab.Host));
        lab.Run(Reboot(lab.Host));
        lab.Until(() => nic.PassthroughActive, TimeSpan.FromMinutes(10));
        lab.Host.RebootRequired.ShouldBeFalse();
    }

    [Fact]
    public void Passthrough_of_a_nic_in_use_is_refused()
    {
        using var lab = new OperatedLab(LabSize.Field);
        Should.Throw<LabFaultException>(() => lab.Invoke(Passthrough(lab.Host, lab.Host.PNics[0]))).Fault.ShouldBeOfType<ResourceInUse>();
    }

    [Fact]
    public void Hints_tell_the_switch_port_of_nics_with_link_on_distributed_switches()
    {
        using var lab = new OperatedLab();
        var hints = (List<PhysicalNicHintInfo>)lab.Invoke(new QueryNetworkHintRequest { Self = HostSystems.Reference(lab.Host, "networkSystem") })!;
        hints.Single(hint => hint.Device == "vmnic2").LldpInfo!.PortId.ShouldBe("d1:v1-c");
        hints.Single(hint => hint.Device == "vmnic0").LldpInfo.ShouldBeNull();
        hints.Single(hint => hint.Device == "vmnic5").Subnet.ShouldBeEmpty();
    }

    [Fact]
    public void Rulesets_and_services_are_switched_and_unknown_ones_not_found()
    {
        using var lab = new OperatedLab();
        var (firewall, services) = (HostSystems.Reference(lab.Host, "firewallSystem"), HostSystems.Reference(lab.Host, "serviceSystem"));
        lab.Invoke(new EnableRulesetRequest { Self = firewall, Id = "syslog" });
        lab.Host.Rulesets["syslog"].ShouldBeTrue();
        lab.Invoke(new StopServiceRequest { Self = services, Id = "TSM-SSH" });
        lab.Host.Services["TSM-SSH"].ShouldBeFalse();
        Should.Throw<LabFaultException>(() => lab.Invoke(new EnableRulesetRequest { Self = firewall, Id = "none" })).Fault.ShouldBeOfType<NotFound>();
        Should.Throw<LabFaultException>(() => lab.Invoke(new StopServiceRequest { Self = services, Id = "TSM-SSH" })).Fault.ShouldBeOfType<InvalidState>();
    }

    [Fact]
    public void Disconnected_host_is_told_so_and_can_be_taken_back()
    {
        using var lab = new OperatedLab();
        lab.Run(new DisconnectHostTaskRequest { Self = lab.Host.Reference() }).State.ShouldBe(TaskInfoState.Success);
        ((HostRuntimeInfo)lab.Inventory.Property(lab.Host.Reference(), "runtime")!).ConnectionState.ShouldBe(HostSystemConnectionState.Disconnected);
        lab.Run(Enter(lab.Host)).Error!.Fault.ShouldBeOfType<HostNotConnected>();
        lab.Run(new ReconnectHostTaskRequest { Self = lab.Host.Reference() }).State.ShouldBe(TaskInfoState.Success);
        lab.Host.ConnectionState.ShouldBe("connected");
    }

    [Fact]
    public void Cut_power_restarts_machines_on_other_hosts()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var life = HostLife.CutPowerAsync(lab.Estate, lab.Host, andOn: true, TestContext.Current.CancellationToken);
        machine.PowerState.ShouldBe("poweredOff");
        lab.Until(() => machine.PowerState == "poweredOn", TimeSpan.FromMinutes(2));
        machine.Host.ShouldNotBe(lab.Host);
        lab.Until(() => life.IsCompleted, TimeSpan.FromMinutes(10));
        lab.Host.ConnectionState.ShouldBe("connected");
    }

    private static EnterMaintenanceModeTaskRequest Enter(LabHost host, int timeout = 0) => new() { Self = host.Reference(), Timeout = timeout };

    private static RebootHostTaskRequest Reboot(LabHost host) => new() { Self = host.Reference(), Force = false };

    private static UpdatePassthruConfigRequest Passthrough(LabHost host, LabPNic nic) => new()
    {
        Self = HostSystems.Reference(host, "pciPassthruSystem"), Config = [new HostPciPassthruConfig { Id = nic.Pci, PassthruEnabled = true }],
    };
}
