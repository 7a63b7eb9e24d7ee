using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// Counts core licences: sockets × max(minimum, cores per socket), as the vendor's KB 313548 does.
/// </summary>
/// <remarks>
/// The KB's example: a host with 2 × 8 cores and one with 2 × 24 need 32 + 48 = 80. Cores per socket are all cores by the sockets, rounded
/// up where they do not divide. Hosts in evaluation count, as they will need licences; excluded hosts are named without a figure.
/// </remarks>
public static class CoreCalculator
{
    /// <summary>Counts.</summary>
    /// <param name="estate">What was observed.</param>
    /// <param name="tables">The licence facts.</param>
    public static CoreAccount Calculate(LicensingEstate estate, LicensingTables tables)
    {
        ArgumentNullException.ThrowIfNull(estate);
        ArgumentNullException.ThrowIfNull(tables);
        var catalog = new EditionCatalog(tables);
        var hosts = new List<CoreHost>();
        var notAssessed = new List<NotAssessed>(estate.NotAssessed);
        foreach (var state in estate.States)
        {
            var licenses = new SiteLicenses([state]);
            foreach (var host in state.Hosts)
            {
                if (Count(state, host, licenses.Of(state, host), tables.Cores, catalog) is { } counted)
                    hosts.Add(counted);
                else
                    notAssessed.Add(new NotAssessed($"{state.VCenter}: {host.Name}", $"hardware not reported (host is {host.ConnectionState ?? "in unknown state"})"));
            }
        }

        var ordered = hosts
            .OrderBy(host => host.VCenter, StringComparer.Ordinal)
            .ThenBy(host => host.Host.Cluster is null)
            .ThenBy(host => host.Host.Cluster, StringComparer.Ordinal)
            .ThenBy(host => host.Host.Name, StringComparer.Ordinal);
        return new CoreAccount([.. ordered], tables.Cores, notAssessed);
    }

    /// <summary>Core licences one host needs.</summary>
    /// <param name="sockets">Processor packages, at least 1.</param>
    /// <param name="cores">Physical cores of all packages, at least 1.</param>
    /// <param name="minimumPerCpu">Cores counted for each processor at least.</param>
    public static int LicensedCores(int sockets, int cores, int minimumPerCpu) =>
        checked(sockets * Math.Max(minimumPerCpu, CoresPerSocket(sockets, cores)));

    internal static int CoresPerSocket(int sockets, int cores) => (cores + sockets - 1) / sockets;

    private static CoreHost? Count(
        LicensingState state, LicensedHost host, IReadOnlyList<License> licenses, CoreRules rules, EditionCatalog catalog)
    {
        var excluded = Exclusion(host, rules);
        if (host.Sockets is not > 0 || host.Cores is not > 0)
            return excluded is null ? null : new CoreHost(state.VCenter, host, CoreStatus.Excluded, null, excluded);
        if (excluded is not null)
            return new CoreHost(state.VCenter, host, CoreStatus.Excluded, null, excluded);

        var needed = LicensedCores(host.Sockets.Value, host.Cores.Value, rules.MinimumPerCpu);
        var evaluation = licenses.Count > 0 && licenses.All(license => catalog.Recognise(license).Kind == LicenseKind.Evaluation);
        var reason = host.IsConnected ? null : $"host is {host.ConnectionState}: hardware as last known";
        return evaluation
            ? new CoreHost(state.VCenter, host, CoreStatus.Evaluation, needed, Join("in evaluation: needs these licences when it ends", reason))
            : new CoreHost(state.VCenter, host, CoreStatus.Counted, needed, reason);
    }

    private static string? Exclusion(LicensedHost host, CoreRules rules)
    {
        if (rules.ExcludedModels.FirstOrDefault(model => string.Equals(model, host.Model, StringComparison.OrdinalIgnoreCase)) is { } excludedModel)
            return $"model {excludedModel} needs no core licence";
        var setting = rules.ExcludedSettings.FirstOrDefault(rule =>
            rule.Concerns(host) && host.Settings.TryGetValue(rule.Setting, out var value) && value != rule.Not);
        return setting is null ? null : $"{setting.Reason} ({setting.Setting} = {host.Settings[setting.Setting]}) needs no core licence";
    }

    private static string Join(string first, string? second) => second is null ? first : $"{first}; {second}";
}

/// <summary>The count of core licences.</summary>
/// <param name="Hosts">Every host whose hardware is known, by vCenter, cluster and name; standalone hosts after the clusters.</param>
/// <param name="Rules">The rules counted by.</param>
/// <param name="NotAssessed">What could not be counted.</param>
public sealed record CoreAccount(IReadOnlyList<CoreHost> Hosts, CoreRules Rules, IReadOnlyList<NotAssessed> NotAssessed)
{
    /// <summary>Core licences all hosts need together.</summary>
    public int LicensedCores => Hosts.Sum(host => host.LicensedCores ?? 0);

    /// <summary>Licences that must be ordered besides, where a minimum order is set; else 0.</summary>
    public int UpToMinimumOrder => LicensedCores > 0 && Rules.MinimumOrder is { } minimum ? Math.Max(0, minimum - LicensedCores) : 0;
}

/// <summary>A host's count.</summary>
/// <param name="VCenter">The vCenter that manages it.</param>
/// <param name="Host">The host.</param>
/// <param name="Status">Whether it counts.</param>
/// <param name="LicensedCores">Core licences it needs; null where it is excluded.</param>
/// <param name="Reason">Why it is excluded, or what is special about it; null where nothing is.</param>
public sealed record CoreHost(string VCenter, LicensedHost Host, CoreStatus Status, int? LicensedCores, string? Reason);

/// <summary>Whether a host counts.</summary>
public enum CoreStatus
{
    /// <summary>It counts.</summary>
    Counted,

    /// <summary>It counts, and runs in evaluation today.</summary>
    Evaluation,

    /// <summary>It needs no core licence.</summary>
    Excluded,
}
