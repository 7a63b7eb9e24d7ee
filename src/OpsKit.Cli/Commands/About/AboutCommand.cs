namespace OpsKit.Cli.Commands.About;

/// <summary><c>opskit about</c>: what every endpoint says about itself, one row each.</summary>
internal static class AboutCommand
{
    public static OpsCommand Create() => new("about", "Show product, version, build and clock of every endpoint")
    {
        Group = CommandGroup.Reports,
        Details =
            """
            Logs in to every vCenter, ESXi host and Onboard Administrator and asks what it is. An endpoint that does not
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
        var endpoints = context.LoadEstate().Endpoints;
        context.Terminal.Detail($"asking {endpoints.Count} endpoints");
        var result = await EndpointFanOut.RunAsync(endpoints, (endpoint, token) => context.Doors.AskAbout(context, endpoint, token), ct);
        return context.Report(AboutReport.TableOf(result.Values) with { NotAssessed = result.NotAssessed }, result);
    }
}
