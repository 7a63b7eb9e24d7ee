using System.Globalization;
using OpsKit.Engine.Reports;
using OpsKit.Lab.Estate;
using OpsKit.Modules.VirtualConnect.Checks;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Modules.VirtualConnect.Profiles;
using OpsKit.Modules.VirtualConnect.Reports;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>What is reported of the lab's enclosures, over its vCenters, Onboard Administrators and Virtual Connect Managers.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData(nameof(LabSize.Small), "enc1")]
    [InlineData(nameof(LabSize.Field), "enc1")]
    [InlineData(nameof(LabSize.Field), "enc2")]
    public async Task Status_names_modules_hosts_and_who_is_redundant(string size, string name)
    {
        await using var lab = await ServedLab.StartAsync(Enum.Parse<LabSize>(size));
        var doors = lab.Doors();
        var enclosure = await EnclosureReader.ReadAsync(doors, name, ServedLab.Token);
        var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, ServedLab.Token);

        hosts.NotAssessed.ShouldBeEmpty();
        hosts.Hosts.Select(host => (host.Name, host.Blade)).ShouldBe(lab.Estate.Hosts.Where(host => host.Enclosure?.Name == name).Select(host => (host.Name, (int?)host.Bay)));
        Golden.ShouldMatch(string.Join('\n', StatusReport.Of(enclosure, hosts).Select(Text)), $"status-{size.ToLowerInvariant()}-{name}.txt");
        lab.Server.Log.Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(LabSize.Small), "enc1")]
    [InlineData(nameof(LabSize.Field), "enc2")]
    public async Task Check_finds_the_hosts_that_would_go_dark(string size, string name)
    {
        await using var lab = await ServedLab.StartAsync(Enum.Parse<LabSize>(size));
        var facts = await RolloutFactsReader.ReadAsync(lab.Doors(), name, [], [], ServedLab.Token);
        Golden.ShouldMatch(Text(CheckReport.Of(name, RolloutCheck.Of(facts))), $"check-{size.ToLowerInvariant()}-{name}.txt");
        lab.Server.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Blades_without_their_profile_are_found()
    {
        await using var lab = await ServedLab.StartAsync(LabSize.Field);
        var doors = lab.Doors();
        var enclosure = await EnclosureReader.ReadAsync(doors, "enc2", ServedLab.Token);
        var standings = ProfileCheck.Of(enclosure, await EnclosureHostReader.ReadAsync(doors, enclosure, ServedLab.Token), await ProfileReader.ReadAsync(doors, enclosure, ServedLab.Token));

        standings.Select(standing => (standing.Blade, standing.Verdict)).ShouldBe(
            lab.Estate.Hosts.Where(host => host.Enclosure?.Name == "enc2").Select(host => (host.Bay, host.LacksProfile ? ProfileVerdict.Factory : ProfileVerdict.Applied)));
        standings.Count(standing => standing.Verdict == ProfileVerdict.Factory).ShouldBe(1);
        ProfileReport.Of("enc2", standings).Notes.ShouldBe(["enc2 blade 3 runs without its profile: opskit vc reset-ilo enc2 3"]);
    }

    private static string Text(ReportTable table)
    {
        var lines = new List<string> { $"== {table.Name}", string.Join(" | ", table.Columns.Select(column => column.Name)) };
        lines.AddRange(table.Rows.Select(row => string.Join(" | ", Enumerable.Range(0, table.Columns.Count).Select(column => Convert.ToString(row[column], CultureInfo.InvariantCulture)))));
        lines.AddRange(table.NotAssessed.Select(gap => $"not assessed: {gap.Target}: {gap.Reason}"));
        lines.AddRange(table.Notes.Select(note => $"note: {note}"));
        return string.Join('\n', lines) + "\n";
    }
}
