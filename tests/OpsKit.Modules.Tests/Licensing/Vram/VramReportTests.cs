using CsCheck;
using OpsKit.Engine.Reports;
using OpsKit.Modules.Licensing;
using OpsKit.TestKit;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing.Vram;

public sealed class VramReportTests
{
    private static readonly string[] SummedEverywhere = ["vRAMConfigured", "vRAMUsed"];

    [Fact]
    public void Example_of_the_field_notes_prints_the_figures_the_known_script_printed()
    {
        // 2732.2 GB configured, 2624.8 GB used, 6000 GB entitled; 6000 is 125 × 48, so that estate was counted by the first table.
        var key = new License { Key = "K", EditionKey = "esxEnterprisePlus", Name = "vSphere 4 Enterprise Plus", Total = 125, CostUnit = "cpuPackage:12core" };
        var builder = new EstateBuilder("vcenter").Key(key).Host("esx1", key, version: "4.1.0");
        for (var i = 0; i < 27; i++)
            builder.MachineMB($"vm{i}", 99_500);
        var table = VramReport.Of(builder.MachineMB("rest", 2_687_795 - 27 * 99_500).MachineMB("off", 109_978, power: "poweredOff").Vram("2011-07"));

        ReportText.Csv(table).Split('\n')[..2].ShouldBe(
        [
            "vCenter,LicenseType,vRAMConfigured,vRAMUsed,vRAMEntitled,vRAMEntitledWithUnassigned,vRAMHeadroom,PercentUsed,VMHosts,VMs,VMsPoweredOn,Edition,Status,Reason,NotAssessed",
            "vcenter,vSphere 4 Enterprise Plus,2732.2,2624.8,6000.0,6000.0,3375.2,43.7,1,29,28,Enterprise Plus,within,,",
        ]);
    }

    [Theory]
    [InlineData(VramDetail.Pool, "vram")]
    [InlineData(VramDetail.Host, "vram-hosts")]
    [InlineData(VramDetail.Machine, "vram-vms")]
    [InlineData(VramDetail.Key, "vram-keys")]
    public void Showcase_reads_as_agreed(VramDetail detail, string golden)
    {
        var table = VramReport.Of(EstateBuilder.Vram(ShowcaseEstate.Build()), detail);

        Golden.ShouldMatch(ReportText.Csv(table), $"{golden}.csv");
        Golden.ShouldMatch(ReportText.Json(table), $"{golden}.json");
    }

    [Fact]
    public void Keys_are_masked_in_every_view_unless_asked_for()
    {
        var estate = ShowcaseEstate.Build();
        foreach (var detail in Enum.GetValues<VramDetail>())
        {
            var account = EstateBuilder.Vram(estate);
            (ReportText.Csv(VramReport.Of(account, detail)) + ReportText.Json(VramReport.Of(account, detail))).ShouldNotContain("A1B2C");
        }

        ReportText.Csv(VramReport.Of(EstateBuilder.Vram(estate), VramDetail.Key, showKeys: true)).ShouldContain("A1B2C-D3E4F-G5H6J-K7L8M-PLUS1");
    }

    [Fact]
    public void Totals_are_the_sum_of_the_rows_in_every_view_and_the_views_agree() => Estates.Sample(estate =>
    {
        var account = EstateBuilder.Vram(estate);
        var tables = Enum.GetValues<VramDetail>().ToDictionary(detail => detail, detail => VramReport.Of(account, detail));
        foreach (var table in tables.Values.Where(table => table.Totals is not null))
        {
            foreach (var column in table.Columns.Where(column => column.Sum))
                Sum(table, column.Name).ShouldBe(Number(ReportText.Total(table, column.Name)));
        }

        foreach (var column in SummedEverywhere)
        {
            var exact = account.Lines.Sum(line => column == "vRAMUsed" ? line.UsedMB : line.ConfiguredMB);
            var sums = new[] { VramDetail.Pool, VramDetail.Host, VramDetail.Machine }.Select(detail => Sum(tables[detail], column)).Distinct();
            sums.ShouldHaveSingleItem().ShouldBe(Math.Round(exact / 1024m, 1, MidpointRounding.AwayFromZero));
        }
    });

    [Fact]
    public void Every_host_and_machine_stands_on_exactly_one_line() => Estates.Sample(estate =>
    {
        var account = EstateBuilder.Vram(estate);

        account.Lines.Sum(line => line.HostCount).ShouldBe(estate.States.Sum(state => state.Hosts.Count));
        account.Lines.SelectMany(line => line.Machines).Count().ShouldBe(estate.States.Sum(state => state.Machines.Count(machine => machine.MemoryMB is not null)));
        account.NotAssessed.Count.ShouldBe(estate.States.Sum(state => state.Machines.Count(machine => machine.MemoryMB is null)));
        account.Lines.Sum(line => line.ConfiguredMB).ShouldBe(estate.States.Sum(state => state.Machines.Sum(machine => machine.MemoryMB ?? 0)));
    });

    private static decimal Sum(ReportTable table, string column) => ReportText.Column(table, column).Sum(Number);

    private static decimal Number(object? value) => value switch
    {
        decimal number => number,
        long number => number,
        _ => 0m,
    };

    private static readonly License?[] Licenses =
    [
        null, Evaluation(), EnterprisePlus("P", 8), Standard("S", 4), new() { Key = "F", EditionKey = "esxBasic" }, new() { Key = "X", EditionKey = "esxOdd", Total = 2 },
        new() { Key = "A", EditionKey = "esxAdvanced", Total = 6 }, new() { Key = "U", EditionKey = "esxEnterprise", Total = 0 },
    ];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<SizedMachine> Machines = Gen.Select(
        Gen.Int[0, 6], Gen.Long[0, 200_000].Nullable(), OneOf<string?>("poweredOn", "poweredOn", "poweredOff", "suspended", null), Gen.Int[0, 9],
        (host, memory, power, kind) => new SizedMachine
        {
            Id = "vm", Name = "vm", HostId = $"host-h{host}", MemoryMB = memory, PowerState = power, IsTemplate = kind == 0, IsFaultToleranceSecondary = kind == 1,
            ConnectionState = kind == 2 ? "orphaned" : "connected",
        });

    private static readonly Gen<LicensingState> States = Gen.Select(
        Gen.Int[0, Licenses.Length - 1].Array[0, 6], Machines.Array[0, 40], OneOf("4.0.0", "4.1.0", "5.0.0", "6.7.0"), OneOf("connected", "disconnected"),
        (licenses, machines, version, connection) =>
        {
            var builder = new EstateBuilder();
            foreach (var license in Licenses.OfType<License>())
                builder.Key(license);
            for (var i = 0; i < licenses.Length; i++)
                builder.Host($"h{i}", Licenses[licenses[i]], version: version, state: i == 0 ? connection : "connected");
            return builder.State() with { Machines = machines };
        });

    private static readonly Gen<LicensingEstate> Estates = Gen.Select(States.Array[0, 3], Gen.Bool, (states, linked) =>
        new LicensingEstate(states.Select((state, i) => state with { VCenter = $"vc{i}", LinkedGroup = linked ? "group" : null })));
}
