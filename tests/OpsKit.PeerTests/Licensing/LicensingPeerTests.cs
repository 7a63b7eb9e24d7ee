using System.Text.Json;
using OpsKit.Engine.Reports;
using OpsKit.Modules.Licensing;
using OpsKit.PeerTests.VSphere;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Licensing;

/// <summary>Licences read from a vCenter that we did not write, and counted a second time by programs that share no code with OpsKit.</summary>
public sealed class LicensingPeerTests
{
    private static readonly LicensingTables Tables = LicensingTablesReader.BuiltIn;

    [Theory]
    [InlineData("enclosure-a")]
    [InlineData("enclosure-b")]
    public async Task Pools_equal_what_the_python_client_counts(string estate)
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile(estate), "-vms", "3");
        var account = VramCalculator.Calculate(new LicensingEstate([await ReadAsync(server, LicensingParts.Machines)]), Tables, new VramOptions());
        using var counted = JsonDocument.Parse(await PythonAsync(
            "vram_by_pyvmomi.py", "127.0.0.1", server.Sdk.Port.ToString(), server.User, server.Password));

        var pools = account.Pools.Where(pool => pool.HostCount > 0).ToDictionary(pool => pool.Edition!);
        var expected = counted.RootElement.GetProperty("pools").EnumerateObject().ToDictionary(pool => pool.Name, pool => pool.Value);
        pools.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (edition, pool) in pools)
        {
            pool.ConfiguredMB.ShouldBe(expected[edition].GetProperty("configuredMB").GetInt64(), edition);
            pool.UsedMB.ShouldBe(expected[edition].GetProperty("usedMB").GetInt64(), edition);
            pool.Entitled.ShouldBe(new VramQuota(expected[edition].GetProperty("entitledMB").GetInt64()), edition);
        }

        var outside = account.Lines.Where(line => line.Category != VramCategory.Pool).ToList();
        outside.Sum(line => line.ConfiguredMB).ShouldBe(counted.RootElement.GetProperty("outside").GetProperty("configuredMB").GetInt64());
        outside.Sum(line => line.UsedMB).ShouldBe(counted.RootElement.GetProperty("outside").GetProperty("usedMB").GetInt64());
    }

    [Fact]
    public async Task Csv_reads_in_python_as_it_was_meant()
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-a"));
        var account = VramCalculator.Calculate(new LicensingEstate([await ReadAsync(server, LicensingParts.Machines)]), Tables, new VramOptions());
        var table = VramReport.Of(account);
        var file = Path.GetTempFileName();
        try
        {
            ReportFile.Write(file, stream => CsvReportWriter.Write(table, stream));
            using var read = JsonDocument.Parse(await PythonAsync("csv_check.py", file));

            read.RootElement.GetProperty("header").EnumerateArray().Take(5).Select(name => name.GetString())
                .ShouldBe(["vCenter", "LicenseType", "vRAMConfigured", "vRAMUsed", "vRAMEntitled"]);
            read.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(table.Rows.Count);
            foreach (var column in new[] { "vRAMConfigured", "vRAMUsed", "vRAMEntitled" })
            {
                var index = table.Columns.Select(known => known.Name).ToList().IndexOf(column);
                decimal.Parse(read.RootElement.GetProperty("sums").GetProperty(column).GetString()!).ShouldBe((decimal)table.Totals![index]!);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Plain_simulator_is_all_evaluation_and_nothing_is_silently_zero()
    {
        await using var server = await VCenterSimulator.StartAsync();
        var estate = new LicensingEstate([await ReadAsync(server, LicensingParts.Machines | LicensingParts.Settings)]);

        var line = VramCalculator.Calculate(estate, Tables, new VramOptions()).Lines.ShouldHaveSingleItem();
        (line.Category, line.LicenseType, line.HostCount).ShouldBe((VramCategory.Evaluation, "Evaluation", 4));
        line.UsedMB.ShouldBeGreaterThan(0);
        LicenseInventory.List(estate, Tables).Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            entry => entry.Limit.ShouldBe(LicenseLimit.Evaluation),
            entry => entry.AssignedTo.Count.ShouldBe(4));
        CoreCalculator.Calculate(estate, Tables).Hosts.ShouldAllBe(host => host.Status == CoreStatus.Evaluation && host.LicensedCores >= 16);
    }

    [Fact]
    public async Task Number_of_calls_does_not_grow_with_hosts_and_machines()
    {
        var few = await CallsAsync("-hosts", "2", "-vms", "2");
        var many = await CallsAsync("-hosts", "12", "-vms", "30", "-clusters", "2");

        many.ShouldBe(few);
        many.Count(call => call == "QueryAssignedLicenses").ShouldBe(1);
        many.Count(call => call == "RetrievePropertiesEx").ShouldBe(4);

        static async Task<IReadOnlyList<string>> CallsAsync(params string[] flags)
        {
            await using var server = await VCenterSimulator.StartAsync([.. flags, "-estate", VCenterSimulator.EstateFile("enclosure-a")]);
            await ReadAsync(server, LicensingParts.Machines | LicensingParts.Settings);
            return await server.CallsAsync();
        }
    }

    [Fact]
    public async Task Only_hosts_that_the_answer_for_all_lacks_are_asked_for()
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-b"));
        var state = await ReadAsync(server, LicensingParts.Machines);

        state.Hosts.Single(host => host.Version == "4.0.0").Name.ShouldBe("DC0_C0_H2");
        (await server.CallsAsync()).Count(call => call == "QueryAssignedLicenses").ShouldBe(2);
    }

    [Fact]
    public async Task Reading_changes_nothing_and_leaves_no_session()
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-a"));
        await ReadAsync(server, LicensingParts.Machines | LicensingParts.Settings);

        (await server.SessionsAsync()).ShouldBeEmpty();
        string[] reading =
        [
            "RetrieveServiceContent", "Login", "Logout", "CreateContainerView", "DestroyView", "RetrievePropertiesEx", "ContinueRetrievePropertiesEx",
            "QueryAssignedLicenses", "CurrentTime", "SessionIsActive",
        ];
        (await server.CallsAsync()).Except(reading).ShouldBeEmpty();
    }

    [Fact]
    public async Task Esxi_host_spoken_to_directly_holds_its_own_licences()
    {
        await using var server = await VCenterSimulator.StartAsync("-esx");
        var estate = new LicensingEstate([await ReadAsync(server, LicensingParts.Machines)]);

        VramCalculator.Calculate(estate, Tables, new VramOptions()).Lines.ShouldHaveSingleItem().Category.ShouldBe(VramCategory.Evaluation);
    }

    private static async Task<LicensingState> ReadAsync(VCenterSimulator server, LicensingParts parts)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var session = await server.OpenAsync(ct);
        var reader = new LicensingReader(session.Queries, session.Content, session.Properties, TimeProvider.System);
        return await reader.ReadAsync(session.Endpoint, parts, Tables.Cores, ct);
    }

    private static Task<string> PythonAsync(string script, params string[] arguments) =>
        Shell.RunAsync("/usr/bin/python3", [Repository.PathOf($"tests/OpsKit.PeerTests/Licensing/{script}"), .. arguments]);
}
