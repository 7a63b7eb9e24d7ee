using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.About;

/// <summary><c>opskit about</c>: what every endpoint says about itself, one row each.</summary>
internal static class AboutCommand
{
    public static OpsCommand Create() => new("about", "Show product, version, build and clock of every endpoint")
    {
        Group = CommandGroup.Reports,
        Details =
            """
            Logs in to every vCenter and ESXi host and asks what it is. An endpoint that does not
            answer is listed as not assessed, with the reason; the others are reported all the same.
            """,
        UsesEndpoints = true,
        Reports = true,
        Examples =
        [
            new Example("opskit about", "every endpoint of the inventory"),
            new Example("opskit about --server vcenter1 --user reader --password prompt", "one vCenter, without an inventory"),
            new Example("opskit about --limit 'lab*' --output json", "for a script"),
        ],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
        Handler = (_, context, ct) => RunAsync(context, ct),
    };

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var estate = context.LoadEstate();
        var asked = estate.Endpoints.Where(endpoint => endpoint is VCenterEndpoint or HostEndpoint).ToList();
        context.Terminal.Detail($"asking {asked.Count} endpoints");
        var result = await EndpointFanOut.RunAsync(asked, (endpoint, token) => context.Doors.AskAbout(context, endpoint, token), ct);
        var table = AboutReport.TableOf(result.Values) with { NotAssessed = result.NotAssessed };
        var enclosures = estate.Enclosures.Count();
        return context.Report(enclosures == 0 ? table : table with { Notes = [$"{enclosures} enclosures were not asked: about covers vCenters and hosts."] }, result);
    }
}
