using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>Commands that change the host, as the host and its vCenter show it afterwards.</summary>
public sealed class HostChangeTests
{
    [Fact]
    public void Maintenance_mode_waits_until_the_machines_are_gone()
    {
        using var lab = new EsxcliLab();
        lab.Estate.Machines.ShouldContain(machine => machine.Host == lab.Host && machine.PowerState == "poweredOn");
        lab.Ask("system maintenanceMode get").ShouldBe("Disabled\n");
        lab.Ask("system maintenanceMode set -e true").ShouldBe("");
        lab.Ask("system maintenanceMode get").ShouldBe("Enabled\n");
        lab.Estate.Machines.ShouldNotContain(machine => machine.Host == lab.Host && machine.PowerState == "poweredOn");
        lab.Refused("system maintenanceMode set --enable=true").ShouldBe("Maintenance mode is already enabled.\n");
        lab.Ask("system maintenanceMode set --enable=false").ShouldBe("");
        lab.Refused("system maintenanceMode set -e no").ShouldBe("Maintenance mode is already disabled.\n");
    }

    [Fact]
    public void Maintenance_mode_is_given_up_when_its_time_is_over()
    {
        using var lab = new EsxcliLab();
        lab.Host.Cluster.DrsBehavior = "manual";
        lab.Refused("system maintenanceMode set -e true -t 60").ShouldBe("Operation timed out.\n");
        lab.Host.EnteringMaintenanceMode.ShouldBeFalse();
        lab.Host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public void Reboot_needs_maintenance_mode_and_a_reason()
    {
        using var lab = new EsxcliLab();
        lab.Refused("system shutdown reboot -r patches").ShouldBe("Unable to reboot: the host is not in maintenance mode.\n");
        lab.Ask("system maintenanceMode set -e true");
        lab.Refused("system shutdown reboot -d 5 -r patches").ShouldStartWith("Invalid delay 5: ");
        var before = lab.Host.BootTime;
        lab.Ask("system shutdown reboot -d 30 -r patches").ShouldBe("");
        lab.Host.Restarting.ShouldBeFalse();
        lab.Until(() => lab.Host.Restarting, TimeSpan.FromSeconds(35));
        lab.Until(() => !lab.Host.Restarting, TimeSpan.FromMinutes(20));
        lab.Host.BootTime.ShouldBeGreaterThan(before);
        long.Parse(lab.Ask("system stats uptime get")).ShouldBeLessThan(60_000_000);
    }

    [Fact]
    public void Power_off_leaves_the_host_off()
    {
        using var lab = new EsxcliLab();
        lab.Ask("system maintenanceMode set -e true");
        lab.Ask("system shutdown poweroff -r moved");
        lab.Until(() => !lab.Host.PoweredOn, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Advanced_settings_are_those_vcenter_shows()
    {
        using var lab = new EsxcliLab();
        lab.Ask("system settings advanced set -o /NFS/MaxVolumes -i 64").ShouldBe("");
        lab.Ask("system settings advanced set -o /Syslog/global/logHost -s tcp://log:514").ShouldBe("");
        HostConfig.Options(lab.Host).Single(option => option.Key == "NFS.MaxVolumes").Value.ShouldBe(64L);
        lab.Ask("system settings advanced list -d").ShouldContain("   Path: /NFS/MaxVolumes\n   Type: integer\n   Int Value: 64\n   Default Int Value: 8\n");
        lab.Ask("system settings advanced list --delta").Split("   Path: ").Length.ShouldBe(3);
        lab.Ask("system settings advanced set -o /NFS/MaxVolumes -d");
        lab.Host.Options["NFS.MaxVolumes"].ShouldBe(8L);
        lab.Refused("system settings advanced set -o /NFS/MaxVolumes -i 999").ShouldBe("Unable to set /NFS/MaxVolumes: 999 is not between 8 and 256\n");
        lab.Refused("system settings advanced set -o /NFS/MaxVolumes -s x").ShouldContain("is an integer option");
        lab.Refused("system settings advanced set -o /Syslog/global/logHost -i 1").ShouldContain("is a string option");
        lab.Refused("system settings advanced set -o NFS.MaxVolumes -i 64").ShouldBe("Unable to find option NFS.MaxVolumes\n");
        lab.Refused("system settings advanced set -o /NFS/MaxVolumes").ShouldContain("exactly one of");
    }

    [Fact]
    public void Firewall_changes_are_those_vcenter_shows()
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Ask("network firewall ruleset set -r syslog -e true");
        lab.Refused("network firewall ruleset allowedip add -r syslog -i 127.5.0.1").ShouldContain("allowed-all of ruleset syslog is true");
        lab.Ask("network firewall ruleset set -r syslog -a false");
        lab.Ask("network firewall ruleset allowedip add -r syslog -i 127.5.0.1");
        lab.Ask("network firewall ruleset allowedip add -r syslog -i 127.6.0.0/16");
        var ruleset = HostFirewalls.Info(lab.Host).Ruleset.Single(ruleset => ruleset.Key == "syslog");
        ruleset.Enabled.ShouldBe(true);
        ruleset.AllowedHosts!.AllIp.ShouldBe(false);
        ruleset.AllowedHosts.IpAddress.ShouldBe(["127.5.0.1"]);
        ruleset.AllowedHosts.IpNetwork.ShouldHaveSingleItem().PrefixLength.ShouldBe(16);
        lab.Ask("network firewall ruleset allowedip list -r syslog").ShouldEndWith("syslog   127.5.0.1, 127.6.0.0/16\n");
        lab.Refused("network firewall ruleset allowedip add -r syslog -i 127.5.0.1").ShouldContain("already exists");
        lab.Refused("network firewall ruleset allowedip add -r syslog -i everywhere").ShouldBe("Invalid IP address or network: everywhere\n");
        lab.Ask("network firewall ruleset allowedip remove -r syslog -i 127.5.0.1");
        lab.Refused("network firewall ruleset allowedip remove -r syslog -i 127.5.0.1").ShouldContain("does not exist");
        lab.Ask("network firewall ruleset set -r syslog -a true");
        lab.Ask("network firewall ruleset allowedip list -r syslog").ShouldEndWith("syslog   All\n");
        lab.Refused("network firewall ruleset set -r nothing -e true").ShouldBe("Invalid ruleset id: nothing\n");
        lab.Refused("network firewall ruleset set -r vpxHeartbeats -e false").ShouldContain("is required");
        lab.Ask("network firewall set --default-action true --enabled false");
        lab.Ask("network firewall get").ShouldBe("   Default Action: PASS\n   Enabled: false\n   Loaded: true\n");
        HostFirewalls.Info(lab.Host).DefaultPolicy!.IncomingBlocked.ShouldBe(false);
    }

    [Fact]
    public void Switch_speaks_cdp_as_it_is_told()
    {
        using var lab = new EsxcliLab();
        lab.Ask("network vswitch standard set -v vSwitch0 -c both -m 9000");
        lab.Ask("network vswitch standard list -v vSwitch0").ShouldContain("   MTU: 9000\n   CDP Status: both\n");
        lab.Ask("network nic list").ShouldContain("  9000  ");
        lab.Refused("network vswitch standard set -v vSwitch9 -c both").ShouldBe("Unable to find a virtual switch named vSwitch9\n");
        lab.Refused("network vswitch standard set -v vSwitch0 -m 12").ShouldStartWith("Unable to set MTU 12");
    }

    [Fact]
    public void Killed_machine_is_off()
    {
        using var lab = new EsxcliLab("5.5.0");
        var machine = Worlds.Running(lab.Estate, lab.Host).First();
        lab.Ask($"vm process kill -t soft -w {Worlds.Of(lab.Host, machine)}").ShouldBe("");
        machine.PowerState.ShouldBe("poweredOff");
        lab.Refused($"vm process kill -t soft -w {Worlds.Of(lab.Host, machine)}").ShouldStartWith("Unable to find a virtual machine with the world ID ");
    }

    [Theory]
    [InlineData("4.1.0")]
    [InlineData("5.0.0")]
    [InlineData("8.0.2")]
    public void Nothing_listens_on_903_and_something_on_902(string version)
    {
        using var lab = new EsxcliLab(version);
        var text = lab.Ask(version[0] == '4' ? "network connection list" : "network ip connection list");
        text.ShouldContain(" 0.0.0.0:902 ");
        text.ShouldNotContain(":903");
    }

    [Fact]
    public void Stopped_service_listens_no_more()
    {
        using var lab = new EsxcliLab("7.0.3");
        lab.Ask("network ip connection list -t tcp").ShouldContain(":5989 ");
        lab.Host.Services["sfcbd-watchdog"] = false;
        lab.Ask("network ip connection list -t tcp").ShouldNotContain(":5989 ");
        lab.Ask("network ip connection list -N vmotion").ShouldBe("");
        lab.Refused("network ip connection list -N nowhere").ShouldStartWith("Unable to find the network stack instance");
    }

    [Fact]
    public void Host_is_the_one_vcenter_shows()
    {
        foreach (var host in Enumerable.Range(1, 12))
        {
            using var lab = new EsxcliLab(size: LabSize.Field, host: host);
            var network = HostNetworks.Info(lab.Host);
            if (lab.Host.Version.StartsWith('4'))
            {
                lab.Ask("network connection list").ShouldContain($"{lab.Host.Address}:443");
                continue;
            }

            var nics = lab.Ask("network nic list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
            nics.Count.ShouldBe(network.Pnic.Count);
            foreach (var (line, nic) in nics.Zip(network.Pnic))
            {
                line.ShouldStartWith(nic.Device!);
                line.ShouldContain(nic.Mac!);
                line.Contains("  Up  ", StringComparison.Ordinal).ShouldBe(nic.LinkSpeed is not null);
            }

            lab.Ask("system version get").ShouldContain($"   Version: {lab.Host.Version}\n   Build: Releasebuild-{lab.Host.Build}\n");
            foreach (var ruleset in HostFirewalls.Info(lab.Host).Ruleset)
                lab.Ask($"network firewall ruleset list -r {ruleset.Key}").ShouldEndWith(ruleset.Enabled == true ? "true\n" : "false\n");
        }
    }

    [Fact]
    public void Uplink_port_group_is_the_one_of_vcenter()
    {
        using var lab = new EsxcliLab();
        using var inventory = new LabInventory(lab.Estate, lab.Estate.VCenters[0]);
        var uplinks = inventory.Places.Networks.Single(network => network.Uplink);
        lab.Ask("network vswitch dvs vmware list").ShouldContain($"         Client: vmnic2\n         DVPortgroup ID: {uplinks.Id}\n         In Use: true\n         Port ID: 1\n");
    }

    [Fact]
    public void Pending_reboot_is_what_vcenter_shows()
    {
        using var lab = new EsxcliLab();
        using var inventory = new LabInventory(lab.Estate, lab.Estate.VCenters[0]);
        HostSummaries.Summary(inventory, lab.Host).RebootRequired.ShouldBe(false);
        lab.Ask("software vib remove -n ssacli --no-live-install");
        HostSummaries.Summary(inventory, lab.Host).RebootRequired.ShouldBe(true);
    }
}
