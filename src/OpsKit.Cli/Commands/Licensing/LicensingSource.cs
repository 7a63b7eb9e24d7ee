using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Modules.Licensing;

namespace OpsKit.Cli.Commands.Licensing;

/// <summary>What was read, and what came of each vCenter.</summary>
internal sealed record LicensingAnswers(LicensingEstate Estate, FanOutResult<LicensingState> Result);

/// <summary>Reads what one vCenter says about licences; queries only.</summary>
internal delegate Task<LicensingState> ReadLicensing(
    VCenterEndpoint vCenter, LicensingParts parts, LicensingTables tables, CommandContext context, CancellationToken ct);

/// <summary>Reads the licences of all vCenters at the same time.</summary>
internal static class LicensingSource
{
    /// <exception cref="OpsKitException">The estate has no vCenter.</exception>
    public static async Task<LicensingAnswers> ReadAsync(CommandContext context, LicensingParts parts, LicensingTables tables, CancellationToken ct)
    {
        var estate = context.LoadEstate();
        var vCenters = estate.VCenters.ToList();
        if (vCenters.Count == 0)
            throw new OpsKitException(FailureKind.Usage, "has no vCenter to ask", estate.Source, "add one under vcenters:, or use --server NAME");

        var result = await EndpointFanOut.RunAsync(vCenters, (vCenter, token) => context.Doors.ReadLicensing(vCenter, parts, tables, context, token), ct);
        var unreached = result.Outcomes.Where(outcome => !outcome.Succeeded)
            .Select(outcome => new UnreachedVCenter(outcome.Endpoint.Name, vCenters.Find(vCenter => vCenter.Name == outcome.Endpoint.Name)?.LinkedGroup, outcome.Reason!));
        return new LicensingAnswers(new LicensingEstate(result.Values, unreached), result);
    }

    /// <summary>Reads over a session of its own, which is closed afterwards.</summary>
    public static async Task<LicensingState> ReadFromVCenterAsync(
        VCenterEndpoint vCenter, LicensingParts parts, LicensingTables tables, CommandContext context, CancellationToken ct)
    {
        await using var session = await context.Access.OpenAsync(vCenter, ct);
        return await new LicensingReader(session.Queries, session.Content, session.Properties, context.JumpHost.Clock)
            .ReadAsync(vCenter, parts, tables.Cores, ct);
    }
}
