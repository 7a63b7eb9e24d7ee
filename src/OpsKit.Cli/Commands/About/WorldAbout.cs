using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.About;

/// <summary>Asks real endpoints what they are.</summary>
internal static class WorldAbout
{
    public static Task<AboutFacts> AskAsync(CommandContext context, Endpoint endpoint, CancellationToken ct) => endpoint switch
    {
        VCenterEndpoint vCenter => AskVCenterAsync(context, vCenter, ct),
        HostEndpoint host => AskHostAsync(context, host, ct),
        EnclosureEndpoint enclosure => AskEnclosureAsync(context, enclosure, ct),
        _ => throw new ArgumentException($"{endpoint.GetType().Name} is no endpoint about knows.", nameof(endpoint)),
    };

    private static async Task<AboutFacts> AskVCenterAsync(CommandContext context, VCenterEndpoint endpoint, CancellationToken ct)
    {
        await using var session = await context.Access.OpenAsync(endpoint, ct);

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

    /// <summary>Asks an ESXi host over SSH.</summary>
    public static async Task<AboutFacts> AskHostAsync(CommandContext context, HostEndpoint endpoint, CancellationToken ct)
    {
        await using var session = await context.Access.Ssh.ConnectAsync(endpoint, ct);
        var result = await session.RunAsync(EsxiVersion.Command, ct);
        return EsxiVersion.Parse(endpoint.Name, result.Output, context.JumpHost.Clock.GetUtcNow())
            ?? throw NotThat(endpoint, "does not say that it is an ESXi host", EsxiVersion.Command, result.Output + result.Error);
    }

    /// <summary>Asks the first Onboard Administrator of an enclosure over SSH.</summary>
    public static async Task<AboutFacts> AskEnclosureAsync(CommandContext context, EnclosureEndpoint endpoint, CancellationToken ct)
    {
        await using var session = await context.Access.Ssh.ConnectAsync(endpoint, ct);
        var result = await session.RunAsync(OnboardAdministratorInfo.Command, ct);
        return OnboardAdministratorInfo.Parse(endpoint.Name, result.Output)
            ?? throw NotThat(endpoint, "does not say that it is an Onboard Administrator", OnboardAdministratorInfo.Command, result.Output + result.Error);
    }

    private static OpsKitException NotThat(Endpoint endpoint, string what, string command, string said)
    {
        var text = said.Trim().ReplaceLineEndings("; ");
        return new(FailureKind.Failed, $"{what}: \"{command}\" says \"{(text.Length > 120 ? text[..120] + "…" : text)}\"", endpoint.Name, "check its address in the inventory");
    }

    private static string? Text(string text) => text.Length > 0 ? text : null;
}
