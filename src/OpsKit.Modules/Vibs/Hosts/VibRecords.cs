using System.Globalization;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>VIBs in answers of <c>esxcli software</c>.</summary>
internal static class VibRecords
{
    /// <summary>The rows of <c>vib list</c>.</summary>
    public static IEnumerable<InstalledVib> Listed(EsxcliAnswer answer) =>
        answer.Records.Where(row => row.Text("Name") is { Length: > 0 }).Select(Row).OrderBy(vib => vib.Name, StringComparer.Ordinal).ThenBy(vib => vib.Version, StringComparer.Ordinal);

    /// <summary>The same VIBs with what <c>vib get</c> tells of them. One of which it tells nothing stays as it is.</summary>
    public static IReadOnlyList<InstalledVib> WithDetails(IReadOnlyList<InstalledVib> vibs, EsxcliAnswer answer)
    {
        var details = answer.Records.Where(row => row.Text("Name") is { Length: > 0 })
            .GroupBy(row => (row.Text("Name"), row.Text("Version"))).ToDictionary(same => same.Key, same => same.First());
        return [.. vibs.Select(vib => details.TryGetValue((vib.Name, vib.Version), out var row) ? Detailed(vib, row) : vib)];
    }

    private static InstalledVib Row(EsxcliRecord row) => new()
    {
        Name = row.Text("Name") ?? "",
        Version = row.Text("Version") ?? "",
        Vendor = row.Text("Vendor") ?? "",
        Id = row.Text("ID") is { Length: > 0 } id ? id : null,
        Acceptance = VibAcceptance.OfHost(row.Text("Acceptance Level") ?? ""),
        InstallDate = DateOnly.TryParseExact(row.Text("Install Date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        Platforms = row.Text("Platforms") is { Length: > 0 } platforms ? platforms : null,
    };

    private static InstalledVib Detailed(InstalledVib vib, EsxcliRecord row) => vib with
    {
        Id = vib.Id ?? row.Title ?? (row.Text("Type") is { Length: > 0 } type ? $"{vib.Vendor}_{type}_{vib.Name}_{vib.Version}" : null),
        Depends = Relations(row, "Depends"),
        Provides = Relations(row, "Provides"),
        Conflicts = Relations(row, "Conflicts"),
        MaintenanceModeRequired = row.Flag("Maintenance Mode Required"),
        LiveRemoveAllowed = row.Flag("Live Remove Allowed"),
    };

    private static IReadOnlyList<VibRelation> Relations(EsxcliRecord row, string name) => [.. row.Texts(name).Select(VibRelations.Parse)];
}
