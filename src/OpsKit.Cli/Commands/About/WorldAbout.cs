using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.About;

/// <summary>Asks real endpoints what they are.</summary>
internal static class WorldAbout
{
    public static Task<AboutFacts> AskAsync(CommandContext context, Endpoint endpoint, CancellationToken ct) => endpoint switch
    {
        VCenterEndpoint vCenter => AskVCenterAsync(context, vCenter, ct),
        _ => throw new OpsKitException(FailureKind.Failed, "SSH is not wired yet", endpoint.Name),
    };

    private static async Task<AboutFacts> AskVCenterAsync(CommandContext context, VCenterEndpoint endpoint, CancellationToken ct)
    {
        await using var session = await context.Access.VSphere.ConnectAsync(endpoint, ct);
        foreach (var note in session.Notes)
            context.Terminal.Detail($"{endpoint.Name}: {note}");

        var license = session.Content.About;
        return new AboutFacts
        {
            Endpoint = endpoint.Name,
            Kind = session.About.IsVCenter ? "vcenter" : "esxi",
            Product = Text(session.About.Name),
            Version = Text(session.About.Version),
            Build = Text(session.About.Build),
            ApiVersion = Text(session.About.ApiVersion),
            InstanceUuid = Text(session.About.InstanceUuid),
            LicenseProduct = Text($"{license?.LicenseProductName} {license?.LicenseProductVersion}".Trim()),
            ClockSkew = await ServerClock.SkewAsync(session, context.JumpHost.Clock, ct),
        };
    }

    private static string? Text(string text) => text.Length > 0 ? text : null;
}
