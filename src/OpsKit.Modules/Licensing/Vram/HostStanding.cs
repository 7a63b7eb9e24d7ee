namespace OpsKit.Modules.Licensing;

/// <summary>Where a host stands: in which pool, or outside all pools and why.</summary>
internal sealed record HostStanding(VramCategory Category, License? License, string? Edition, string? TypeOutsidePools, string? Detail)
{
    private static readonly Version FirstReported = new(4, 1);

    public static HostStanding Of(LicensedHost host, IReadOnlyList<License> assigned, EditionCatalog catalog, VramTable table)
    {
        var licensed = ByLicense(host, assigned, catalog, table);
        return host.IsConnected
            ? licensed
            : licensed with { Category = VramCategory.HostDisconnected, Detail = $"{host.ConnectionState}: last known state" };
    }

    private static HostStanding ByLicense(LicensedHost host, IReadOnlyList<License> assigned, EditionCatalog catalog, VramTable table)
    {
        // A host can hold licences of other products besides its own; the one that says most about it decides.
        var (match, license) = assigned
            .Select(license => (Match: catalog.Recognise(license), License: license))
            .OrderBy(pair => pair.Match.Kind)
            .FirstOrDefault();
        return (license, match?.Kind) switch
        {
            (null, _) when IsTooOld(host.Version) =>
                new(VramCategory.HostTooOld, null, null, "(not reported)", null),
            (null, _) => new(VramCategory.HostWithoutLicence, null, null, "(no licence)", null),
            (_, LicenseKind.Evaluation) => new(VramCategory.Evaluation, license, null, "Evaluation", null),
            (_, LicenseKind.Host) when table.PoolEdition(match!.Edition!) is { } edition =>
                new(VramCategory.Pool, license, edition, null, null),
            (_, LicenseKind.Host) =>
                new(VramCategory.UnknownEdition, license, null, TypeOf(license), $"edition {match!.Edition} has no row in table {table.Name}"),
            _ => new(VramCategory.UnknownEdition, license, null, TypeOf(license), $"edition key '{license.EditionKey}' is not in the tables"),
        };
    }

    private static string TypeOf(License license) =>
        license.Name.Length > 0 ? license.Name : license.EditionKey.Length > 0 ? license.EditionKey : "(unnamed licence)";

    private static bool IsTooOld(string? version) =>
        Version.TryParse(version, out var parsed) && parsed < FirstReported;
}
