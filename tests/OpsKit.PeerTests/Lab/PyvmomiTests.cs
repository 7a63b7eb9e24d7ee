using System.Text.Json;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>VMware's own Python client at work on a lab. Debian's knows API 6.7: the lab, of 8.0, must speak to it as to an older client.</summary>
public sealed class PyvmomiTests(SmallLab lab) : IClassFixture<SmallLab>
{
    [Fact]
    public async Task Every_property_of_the_manifest_is_read_from_every_object()
    {
        var found = await RunAsync("inventory", Repository.PathOf("src/OpsKit.Vim25/vim25.manifest"));

        found["objects"].ShouldBe("""{"Datacenter": 1, "Folder": 10, "VirtualMachine": 12, "ClusterComputeResource": 1, "ResourcePool": 1, "HostSystem": 4, "Datastore": 2, "Network": 2, "DistributedVirtualPortgroup": 3, "VmwareDistributedVirtualSwitch": 1}""");
        found["missing"].ShouldBe("[]");
        found["unknown"].ShouldBe("""["HostSystem.capability.deviceRebindWithoutRebootSupported"]""", "7.0 brought it");
        int.Parse(found["read"]).ShouldBeGreaterThan(250);
        int.Parse(found["set"]).ShouldBeGreaterThan(235);
    }

    [Fact]
    public async Task Details_of_machines_hosts_clusters_and_datastores_are_as_the_estate_has_them()
    {
        var found = await RunAsync("details");

        found["about"].ShouldBe("VirtualCenter");
        found["disksGb"].ShouldBe("[60, 400, 200]");
        found["backings"].ShouldBe("""["FlatVer2BackingInfo", "FlatVer2BackingInfo", "FlatVer2BackingInfo"]""");
        (found["guest"], found["limit"], found["least"]).ShouldBe(("guestToolsRunning", "-1", "16"));
        found["host"].ShouldEndWith(".lab.example");
        found["layout"].ShouldContain("diskExtent");
        (found["version"], found["cores"], found["pnics"], found["linkless"]).ShouldBe(("8.0.2", "32", "6", "2"));
        found["services"].ShouldContain("TSM-SSH");
        (found["hostsOfCluster"], found["drs"], found["storeType"], found["storeHosts"]).ShouldBe(("4", "true", "VMFS", "4"));
        (found["path"], found["uuid"], found["nowhere"]).ShouldBe(("true", "true", "true"));
    }

    [Fact]
    public async Task Traversals_are_followed_and_come_in_pages()
    {
        var found = await RunAsync("paging");

        found["pages"].ShouldBe("[3, 3, 3, 3]");
        found["usedToken"].ShouldBe("InvalidArgument");
    }

    [Fact]
    public async Task Filter_tells_in_parts_and_then_only_what_changes()
    {
        var found = await RunAsync("updates");

        found["entered"].ShouldBe("12");
        found["truncated"].ShouldBe("[true, true, false]");
        found["quiet"].ShouldBe("true");
        found["changes"].ShouldBe("""[[true, "modify", "config.annotation", "told by an update"]]""");
        (found["again"], found["wrong"]).ShouldBe(("true", "InvalidCollectorVersion"));
    }

    [Fact]
    public async Task Licences_and_who_has_them_are_listed()
    {
        var found = await RunAsync("licences");

        found["editions"].ShouldContain("esx.vcf.cpuCore");
        found["used"].ShouldContain("\"esx.enterprisePlus.cpuPackageCoreLimited\": 8");
        found["host"].ShouldBe("""[["esx02.lab.example", "esx.enterprisePlus.cpuPackageCoreLimited"]]""");
        (found["all"], found["nobody"]).ShouldBe(("5", "0"));
    }

    [Fact]
    public async Task Counters_of_a_disk_follow_its_limit()
    {
        var found = await RunAsync("performance");

        int.Parse(found["before"]).ShouldBeGreaterThan(10_000);
        int.Parse(found["after"]).ShouldBeInRange(450, 500);
        (found["counters"], found["limit"]).ShouldBe(("2", "500"));
        found["instances"].ShouldBe("""["scsi0:0", "scsi0:1", "scsi0:2"]""");
    }

    [Fact]
    public async Task Machines_are_reconfigured_and_what_cannot_be_is_refused()
    {
        var found = await RunAsync("reconfigure");

        (found["memory"], found["cpus"], found["hot"]).ShouldBe(("6144", "4", "MemoryHotPlugNotSupported"));
        (found["limit"], found["shares"], found["low"], found["shrunk"]).ShouldBe(("250", "1000", "InvalidArgument", "InvalidDeviceSpec"));
        (found["extra"], found["ignored"], found["removed"]).ShouldBe(("<peer>", "null", "null"));
        (found["stale"], found["template"]).ShouldBe(("ConcurrentAccess", "NotSupported"));
    }

    [Fact]
    public async Task Snapshots_are_made_with_progress_reverted_to_and_removed()
    {
        var found = await RunAsync("snapshots");

        var progress = JsonSerializer.Deserialize<int[]>(found["progress"])!;
        progress.ShouldBe(progress.Order());
        progress.Length.ShouldBeGreaterThan(2);
        found["tree"].ShouldBe("""["with memory", "poweredOn", ["second"]]""");
        (found["current"], found["reverted"], found["left"]).ShouldBe(("true", "true", "true"));
        (found["gone"], found["none"]).ShouldBe(("ManagedObjectNotFound", "NotFound"));
        found["recent"].ShouldContain("VirtualMachine.createSnapshot");
    }

    [Fact]
    public async Task Changed_blocks_are_tracked_after_a_stun_and_not_before()
    {
        var found = await RunAsync("tracking");

        (found["flag"], found["before"], found["ctkBefore"]).ShouldBe(("true", "[null]", "[]"));
        found["mark"].ShouldEndWith("/1\"]");
        found["after"].ShouldEndWith("/2\"]");
        (found["ctkAfter"], found["consolidation"]).ShouldBe(("1", "false"));
        double.Parse(found["used"]).ShouldBeInRange(0.3, 0.7);
        double.Parse(found["changed"]).ShouldBeInRange(0.001, 0.1);
        (found["running"], found["foreign"]).ShouldBe(("InvalidPowerState", "FileFault"));
    }

    [Fact]
    public async Task Machines_are_switched_and_moved_and_wrong_states_refused()
    {
        var found = await RunAsync("power");

        found["twice"].ShouldBe("InvalidPowerState");
        found["off"].ShouldBe("""["poweredOff", "InvalidPowerState", "InvalidPowerState", "InvalidPowerState"]""");
        (found["suspended"], found["on"], found["moved"], found["stored"]).ShouldBe(("suspended", "poweredOn", "true", "[true]"));
        found["template"].ShouldBe("NotSupported");
        found["events"].ShouldBe("""["VmPoweredOffEvent", "VmPoweredOnEvent", "VmSuspendedEvent", "VmPoweredOnEvent", "VmMigratedEvent"]""");
    }

    [Fact]
    public async Task Hostile_names_come_back_as_they_were_given()
    {
        string[] names = ["a/b\\c%d", "<b>\"&';DROP TABLE", "ünï☃𝄞", "../../etc/passwd", "=cmd|calc", " $(reboot) `x` ", "%2f", "]]>"];

        var found = await RunAsync("names", [.. names.Select(name => name.Replace("%", "%25", StringComparison.Ordinal))]);

        JsonSerializer.Deserialize<JsonElement[][]>(found["found"])!.Select(row => (row[0].GetString(), row[1].GetBoolean())).ShouldBe(names.Select(name => ((string?)name, true)));
        (found["taken"], found["empty"], found["long"]).ShouldBe(("DuplicateName", "InvalidName", "InvalidName"));
    }

    [Fact]
    public async Task Host_goes_through_maintenance_and_a_restart_that_can_be_seen()
    {
        var found = await RunAsync("maintenance");

        (found["loud"], found["out"], found["twice"], found["refused"]).ShouldBe(("InvalidState", "InvalidState", "InvalidState", "InvalidState"));
        (found["running"], found["still"], found["after"]).ShouldBe(("[]", "true", "false"));
        found["state"].ShouldBe("""["connected", true, "RebootHost_Task", "HostSystem.reboot", true]""", "the task ends while the host is still there, and stays listed");
        found["seen"].ShouldBe("""["connected", "notResponding"]""");
        found["gone"].ShouldBe("HostNotConnected");
    }

    [Fact]
    public async Task Disconnected_host_does_nothing_until_it_is_taken_back()
    {
        var found = await RunAsync("connection");

        found["state"].ShouldBe("""["disconnected", "unknown"]""");
        found["machines"].ShouldBe("""["disconnected"]""");
        found["faults"].ShouldBe("""["HostNotConnected", "HostNotConnected", "HostNotConnected", "HostNotConnected", "InvalidState"]""");
        (found["after"], found["info"]).ShouldBe(("connected", "true"));
    }

    [Fact]
    public async Task Neighbours_of_nics_are_told_one_by_one()
    {
        var found = await RunAsync("network");

        (found["nics"], found["lldp"], found["cdp"]).ShouldBe(("6", """["vmnic2", "vmnic3"]""", "[]"));
        (found["port"], found["system"]).ShouldBe(("d2:v1-c", "vcd-enc1-bay1"));
        (found["switches"], found["proxies"]).ShouldBe(("""["vSwitch0"]""", """[["dvs-cl01", 2]]"""));
        found["unknown"].ShouldBe("NotFound");
    }

    [Fact]
    public async Task Firewall_services_passthrough_and_options_are_set()
    {
        var found = await RunAsync("settings");

        (found["enabled"], found["allowed"], found["stopped"]).ShouldBe(("true", """["192.0.2.9"]""", "false"));
        (found["noRule"], found["noService"], found["noOption"]).ShouldBe(("NotFound", "NotFound", "InvalidName"));
        (found["passthrough"], found["inUse"], found["option"]).ShouldBe(("[true]", "ResourceInUse", "1"));
    }

    [Fact]
    public async Task Logins_are_judged_and_end_when_they_are_ended()
    {
        var found = await RunAsync("login");

        (found["wrong"], found["nobody"], found["twice"]).ShouldBe(("InvalidLogin", "InvalidLogin", "InvalidLogin"));
        (found["user"], found["known"]).ShouldBe((LabProcess.Administrator, "true"));
        (found["after"], found["open"], found["current"]).ShouldBe(("NotAuthenticated", "NotAuthenticated", "NotAuthenticated"));
    }

    [Fact]
    public async Task Account_that_may_only_read_is_told_which_privilege_it_lacks()
    {
        var found = await RunAsync("privileges", LabProcess.Auditor, lab.Server.PasswordOf(LabProcess.Auditor));

        found["read"].ShouldBe("16384");
        found["power"].ShouldBe("VirtualMachine.Interact.PowerOff");
        found["snapshot"].ShouldBe("VirtualMachine.State.CreateSnapshot");
        found["tracking"].ShouldBe("VirtualMachine.Config.ChangeTracking");
        (found["maintenance"], found["restart"]).ShouldBe(("Host.Config.Maintenance", "Host.Config.Maintenance"));
        (found["firewall"], found["sessions"]).ShouldBe(("Host.Config.NetService", "Sessions.TerminateSession"));
    }

    [Fact]
    public async Task Session_that_idles_for_half_an_hour_expires()
    {
        await using var fast = await LabProcess.StartAsync("--speed", "3600");

        var found = await RunAsync(fast, "expiry");

        (found["listed"], found["after"], found["left"]).ShouldBe(("true", "NotAuthenticated", "false"));
    }

    private Task<IReadOnlyDictionary<string, string>> RunAsync(string scenario, params string[] arguments) => RunAsync(lab.Server, scenario, arguments);

    /// <summary>A scenario's findings: texts as they are, everything else as JSON.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> RunAsync(LabProcess server, string scenario, params string[] arguments)
    {
        var output = await Shell.RunAsync(
            "/usr/bin/python3",
            [Repository.PathOf("tests/OpsKit.PeerTests/Lab/pyvmomi/peer.py"), scenario, $"{server.Port}", server.Certificate, LabProcess.Administrator, server.PasswordOf(LabProcess.Administrator), .. arguments]);
        using var found = JsonDocument.Parse(output);
        return found.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText());
    }
}
