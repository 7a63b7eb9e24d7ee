using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class DriverCheckTests
{
    [Theory]
    [InlineData("5.0.0", "be2net", "4.0.355.1", "4.0.360.15a", DriverStanding.Matches)]
    [InlineData("5.0.0", "be2net", "4.0.355.1-1OEM.500.0.0.406165", "4.0.360.15b", DriverStanding.Matches)]
    [InlineData("5.0.0", "be2net", "4.0.355.1", "3.102.517.703", DriverStanding.Differs)]
    [InlineData("5.0.0", "be2net", "4.1.0.0", "3.102.517.703", DriverStanding.NoRule)]
    [InlineData("5.0.0", "be2net", "4.0.355.1", "", DriverStanding.NotKnown)]
    [InlineData("5.5.0", "be2net", "4.0.355.1", "3.102.517.703", DriverStanding.NoRule)]
    [InlineData("5.0.0", "elxnet", "12.0.1115.0", "12.0.1216.0", DriverStanding.NoRule)]
    public void Nic_is_judged_by_the_facts_that_come_with_opskit(string esxi, string driver, string version, string firmware, DriverStanding standing) =>
        DriverCheck.Of(Host(esxi, new NicDriver("vmnic0", driver, version, firmware)), DriverFactsReader.BuiltIn).ShouldHaveSingleItem().Standing.ShouldBe(standing);

    [Fact]
    public void Finding_of_a_log_is_a_table_of_its_own()
    {
        var fault = DriverFactsReader.BuiltIn.KnownFaults.ShouldHaveSingleItem();
        var host = Host("5.0.0", new NicDriver("vmnic0", "bnx2", "2.0", "5.0")) with { Findings = [new LogFinding(fault, 2, "runt TSO packet (tsoMss=1448, frameLen=1514)")] };
        var tables = DriverCheckReport.Of([host], DriverFactsReader.BuiltIn);
        tables.Select(table => table.Name).ShouldBe(["vib-check", "vib-check-log"]);
        tables[1].Rows.ShouldHaveSingleItem()[1].ShouldBe("bnx2 TSO");
    }

    [Theory]
    [InlineData("pairs: [{name: a, driver: b, because: c}]", "\"driver-versions\" is missing")]
    [InlineData("pears: []", "unknown key \"pears\"")]
    [InlineData("known-bad: [{name: a, driver: b, log: ../etc/passwd, lines: [x], because: c, remedy: d}]", "cannot be looked for")]
    [InlineData("known-bad: [{name: a, driver: b, log: /var/log/x, lines: [\"a\\nb\"], because: c, remedy: d}]", "cannot be looked for")]
    public void Facts_that_mean_nothing_are_refused_with_their_place(string text, string why)
    {
        var refused = Should.Throw<OpsKitException>(() => DriverFactsReader.Parse($"version: 1\n{text}\n", "mine.yaml"));
        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain("mine.yaml:2:");
        refused.Message.ShouldContain(why);
    }

    private static HostDrivers Host(string version, params NicDriver[] nics) => new("esx01", Version.Parse(version), nics, []);
}
