using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Checks;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Modules.VirtualConnect.Reports;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.VirtualConnect.Checks;

public sealed class RolloutCheckTests
{
    private static readonly RolloutFacts Well = new()
    {
        Enclosure = Sample.Enclosure,
        Hosts = Sample.Hosts(),
        Watched = [new WatchedAddress("esx01 vmk0", "192.0.2.21", null)],
    };

    [Fact]
    public void A_healthy_enclosure_passes_every_check()
    {
        var findings = RolloutCheck.Of(Well);
        findings.ShouldAllBe(finding => finding.Verdict == CheckVerdict.Pass);
        Golden.ShouldMatch(string.Join('\n', findings.Select(finding => $"{finding.Verdict}: {finding}")) + "\n", "healthy.txt");
        CheckReport.Of("enc1", findings).Notes.ShouldBe(["enc1: nothing blocks a rollout."]);
    }

    public static TheoryData<string, RolloutFacts> Spoilt => new()
    {
        { "none of the pair says that it is active", In(Sample.Enclosure with { Administrators = [.. Sample.Enclosure.Administrators.Select(oa => oa with { Role = "Standby" })] }) },
        { "the active one, in bay 1, is Degraded", In(Sample.Enclosure with { Administrators = [Sample.Enclosure.Administrators[0] with { Status = "Degraded" }, Sample.Enclosure.Administrators[1]] }) },
        { "the pair runs 4.80 Dec 13 2017 and 4.70 Oct 11 2016", In(Sample.Enclosure with { Administrators = [Sample.Enclosure.Administrators[0], Sample.Enclosure.Administrators[1] with { Firmware = "4.70 Oct 11 2016" }] }) },
        { "the pair's firmware check says Failed", In(Sample.Enclosure with { Administrators = [Sample.Enclosure.Administrators[0] with { FirmwareMismatch = "Failed" }, Sample.Enclosure.Administrators[1]] }) },
        { "Virtual Connect mode is disabled", In(Sample.Enclosure with { VirtualConnect = new VirtualConnectMode(false, null, null) }) },
        { "it does not say where Virtual Connect Manager runs", In(Sample.Enclosure with { VirtualConnect = new VirtualConnectMode(true, "vcd-1", null) }) },
        { "is no module of this enclosure: it is managed elsewhere", In(Sample.Enclosure with { Modules = [Sample.Module(1), Sample.Module(2)] }) },
        { "module 1 runs 1 by one, 2 by the other", In(Sample.Enclosure with { Contradictions = ["module 1 runs 1 by one, 2 by the other"] }) },
        { "is Degraded, powered on (Device Degraded: Degraded)", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0], Sample.Module(2) with { Health = "Degraded", Faults = ["Device Degraded: Degraded"] }] }) },
        { "is OK, powered off", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0], Sample.Module(2) with { Power = "Off" }] }) },
        { "its version cannot be read", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0], Sample.Module(2) with { Firmware = null }] }) },
        { "it has no management address", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0], Sample.Module(2) with { Address = null }] }) },
        { "bay 2 beside it is empty", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0]] }) },
        { "which cannot take over for it", In(Sample.Enclosure with { Modules = [Sample.Enclosure.Modules[0], Sample.Module(2) with { Product = "HP 1Gb Ethernet Pass-Thru Module for c-Class BladeSystem" }] }) },
        { "the bay is empty", Well with { Bays = [1, 7] } },
        { "vCenter vc1 has it as notResponding", Well with { Hosts = Sample.Hosts(Sample.Host with { ConnectionState = "notResponding" }) } },
        { "has vmnic0, vmnic1 on one bay, 1", Well with { Hosts = Sample.Hosts(Sample.Host with { Nics = [Sample.Host.Nics[0], Sample.Host.Nics[1] with { Module = 1 }] }) } },
        { "not assessed: refused", Well with { Hosts = Sample.Hosts() with { NotAssessed = [("vc2", "refused")] } } },
        { "there is no address to watch", Well with { Watched = [] } },
        { "none of 1 addresses answers (timed out)", Well with { Watched = [new WatchedAddress("esx01 vmk0", "192.0.2.21", "timed out")] } },
        { "192.0.2.22 does not answer: timed out", Well with { Watched = [.. Well.Watched, new WatchedAddress("esx02 vmk0", "192.0.2.22", "timed out")] } },
    };

    [Theory]
    [MemberData(nameof(Spoilt), DisableDiscoveryEnumeration = true)]
    public void What_is_not_well_blocks_with_its_reason(string reason, RolloutFacts facts)
    {
        var findings = RolloutCheck.Of(facts);
        findings.Where(finding => finding.Verdict == CheckVerdict.Blocker).ShouldContain(finding => finding.Finding.Contains(reason, StringComparison.Ordinal));
        RolloutCheck.Blockers(findings).ShouldContain(line => line.Contains(reason, StringComparison.Ordinal));
    }

    public static TheoryData<string, RolloutFacts> Remarkable => new()
    {
        { "no standby is seen", In(Sample.Enclosure with { Administrators = [Sample.Enclosure.Administrators[0]] }) },
        { "xmldata was not read: HTTP 404", In(Sample.Enclosure with { Notes = ["xmldata was not read: HTTP 404"] }) },
        { "is on and no host of a vCenter", Well with { Hosts = Sample.Hosts(Sample.Host with { Blade = 5 }) } },
        { "it may be esx01.lab.example", Well with { Hosts = Sample.Hosts(Sample.Host with { Blade = null }) } },
        { "has a device that is passed through", Well with { Hosts = Sample.Hosts(Sample.Host with { PassthroughMachines = ["voip01"] }) } },
        { "migrate of web01 is under way", Well with { Activity = ["migrate of web01 is under way"] } },
        { "DRS of cluster Prod", Well with { Automation = ["DRS of cluster Prod moves machines by itself"] } },
    };

    [Theory]
    [MemberData(nameof(Remarkable), DisableDiscoveryEnumeration = true)]
    public void What_is_remarkable_warns_and_does_not_block(string reason, RolloutFacts facts)
    {
        var findings = RolloutCheck.Of(facts);
        RolloutCheck.Warnings(findings).ShouldContain(line => line.Contains(reason, StringComparison.Ordinal));
        RolloutCheck.Blockers(findings).ShouldBeEmpty();
    }

    [Fact]
    public void Modules_that_are_no_targets_need_only_be_good_enough_as_partners()
    {
        var facts = In(Sample.Enclosure with { Modules = [.. Sample.Enclosure.Modules, Sample.Module(3) with { Health = "Failed", Product = "HP 4Gb VC-FC Module", Type = "Fibre Channel" }] }) with { Bays = [1, 2] };
        RolloutCheck.Blockers(RolloutCheck.Of(facts)).ShouldBeEmpty();
    }

    [Fact]
    public void A_host_that_is_off_passes() =>
        RolloutCheck.Blockers(RolloutCheck.Of(Well with { Hosts = Sample.Hosts(Sample.Host with { ConnectionState = "notResponding", IsPoweredOff = true }) })).ShouldBeEmpty();

    [Fact]
    public void The_table_has_blockers_first()
    {
        var table = CheckReport.Of("enc1", RolloutCheck.Of(Well with { Watched = [], Activity = ["migrate of web01 is under way"] }));
        table.Rows.Select(row => (string)row[1]!).Distinct().ShouldBe(["BLOCKER", "warning", "pass"]);
        table.Notes.ShouldBe(["enc1: 1 blocker: no module may be reset."]);
    }

    private static RolloutFacts In(EnclosureState enclosure) => Well with { Enclosure = enclosure };
}
