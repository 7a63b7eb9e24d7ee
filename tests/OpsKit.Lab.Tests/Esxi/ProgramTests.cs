using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Esxi;

/// <summary>What the programs of each version print, as files.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("Field", "4.1")]
    [InlineData("Field", "5.0")]
    [InlineData("Large", "6.7")]
    [InlineData("Large", "7.0")]
    [InlineData("Small", "8.0")]
    public async Task Programs_of_a_version_print_what_they_did(string size, string version)
    {
        await using var lab = TinyEsxi.Frozen(Enum.Parse<LabSize>(size));
        var host = lab.HostOf(version);
        var machine = lab.Estate.Machines.First(machine => machine.Host == host && machine.PowerState == "poweredOn");
        lab.Estate.Machines.RemoveAll(other => other.Host == host && other != machine && other.PowerState == "poweredOn");
        var id = machine.Id["vm-".Length..];
        var text = new StringBuilder();
        foreach (var command in (string[])
        [
            "vmware -v", "vmware -vl", "uname -a", "hostname", "vim-cmd vmsvc/getallvms | cut -c1-110 | head -5", $"vim-cmd vmsvc/power.getstate {id}", "vim-cmd vmsvc/power.getstate 9999",
            $"vim-cmd vmsvc/get.summary {id} | head -40", "vim-cmd hostsvc/runtimeinfo", "vim-cmd /hostsvc/hostsummary | grep -E 'inMaintenanceMode|rebootRequired|fullName|uuid'", "vim-cmd hostsvc/net/query_networkhint --pnic-name=vmnic0",
            "vim-cmd hostsvc/advopt/view Disk.UseDeviceReset", "vim-cmd hostsvc", "vim-cmd nosuch", "esxcfg-nics -l | head -6", "esxcfg-vswitch -l", "esxcfg-vmknic -l", "esxcfg-info", "esxcfg-advcfg -g /Disk/UseDeviceReset",
            "chkconfig --list", "/etc/init.d/ntpd status", "ls /etc/init.d", "netstat -an", "net-stats -l", "esxtop -b -n 1 | tr ',' '\\n' | head -30", "esxtop", "vsish -e ls /net/portsets", "esxupdate query", "esxupdate --bundle=/tmp/no.zip update",
            "esxcli --version", "ls /vmfs/volumes | wc -l", "command -v sha256sum sha1sum esxcli localcli vim-cmd reboot vi", "cat /etc/vmware/license.cfg", "head -3 /var/log/vmkernel.log", "df | head -3",
        ])
        {
            var ran = await lab.RunAsync(host, command);
            text.Append($"# {command}\n{ran.Output}{ran.Error}{(ran.Status == 0 ? "" : $"[{ran.Status}]\n")}\n");
        }

        Golden.ShouldMatch(text.ToString(), $"programs-{version}.txt");
    }

    [Fact]
    public async Task Maintenance_mode_is_entered_and_left_by_vim_cmd_on_an_old_host()
    {
        await using var lab = new TinyEsxi(LabSize.Field);
        var host = lab.HostOf("5.0");
        lab.Estate.Machines.RemoveAll(machine => machine.Host == host);

        (await lab.RunAsync(host, "vim-cmd hostsvc/maintenance_mode_enter")).Output.ShouldStartWith("'vim.Task:haTask-ha-host-vim.HostSystem.enterMaintenanceMode-");
        await Eventually.TrueAsync(() => host.InMaintenanceMode, "it is in maintenance mode");
        (await lab.RunAsync(host, "vim-cmd /hostsvc/hostsummary | grep inMaintenanceMode")).Output.Trim().ShouldBe("inMaintenanceMode = true,");
        (await lab.RunAsync(host, "vim-cmd hostsvc/maintenance_mode_exit")).Status.ShouldBe(0);
        host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public async Task Newer_hosts_wait_for_maintenance_mode_and_say_so_when_it_takes_too_long()
    {
        await using var lab = new TinyEsxi(speed: 20_000);
        var host = lab.Estate.Hosts[0];
        foreach (var machine in lab.Estate.Machines)
            machine.PinnedBecause = "it must not move";

        var ran = await lab.RunAsync(host, "vim-cmd hostsvc/maintenance_mode_enter");

        (ran.Status, ran.Output).ShouldBe((1, "Operation timed out.\n"));
        host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public async Task Machines_are_switched_by_vim_cmd()
    {
        await using var lab = new TinyEsxi();
        var machine = lab.Estate.Machines[0];
        var id = machine.Id["vm-".Length..];

        (await lab.RunAsync(machine.Host, $"vim-cmd vmsvc/power.off {id}")).Output.ShouldBe("Powering off VM:\n");
        machine.PowerState.ShouldBe("poweredOff");
        (await lab.RunAsync(machine.Host, $"vim-cmd vmsvc/power.off {id}")).Status.ShouldBe(1);
        (await lab.RunAsync(machine.Host, $"vim-cmd vmsvc/power.on {id} && vim-cmd vmsvc/power.getstate {id}")).Output.ShouldEndWith("Powered on\n");
        machine.BootTime.ShouldNotBeNull();
    }

    [Fact]
    public async Task Services_are_switched_by_their_scripts()
    {
        await using var lab = new TinyEsxi();
        var host = lab.Estate.Hosts[0];

        (await lab.RunAsync("/etc/init.d/ntpd stop; /etc/init.d/ntpd status; chkconfig ntpd")).Output.ShouldBe("ntpd stopped.\nntpd is not running\nntpd                    off\n");
        host.Services["ntpd"].ShouldBeFalse();
        (await lab.RunAsync("/etc/init.d/ntpd restart")).Status.ShouldBe(0);
        host.Services["ntpd"].ShouldBeTrue();
    }

    [Fact]
    public async Task Log_of_a_host_with_the_driver_that_drops_segments_tells_of_it()
    {
        await using var lab = new TinyEsxi();
        lab.Estate.Hosts[0].PNics[0].Driver = "bnx2";

        (await lab.RunAsync("grep -c 'runt TSO packet (tsoMss=1448, frameLen=1514)' /var/log/vmkernel.log")).Output.ShouldBe("1\n");
        (await lab.RunAsync(lab.Estate.Hosts[1], "grep -c TSO /var/log/vmkernel.log")).Output.ShouldBe("0\n");
    }
}
