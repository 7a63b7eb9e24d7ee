using OpsKit.Connections.VSphere;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// Observes a vCenter's licences, hosts and virtual machines. Holds the query side of a session only: it cannot change anything.
/// </summary>
/// <remarks>
/// The number of calls does not grow with the estate: one retrieval (and its pages) each for licences, hosts, clusters and machines, and
/// one <c>QueryAssignedLicenses</c> for all entities. Only hosts that its answer lacks are asked for one by one (hosts before 4.1, hosts
/// without a licence, and servers that do not answer for all), as many at once as the endpoint allows.
/// </remarks>
public sealed class LicensingReader
{
    private static readonly PropertyPath<int?> MemorySizeMB = new("VirtualMachine", "summary.config.memorySizeMB");
    private static readonly PropertyPath<bool?> IsTemplate = new("VirtualMachine", "summary.config.template");

    private readonly IVimQueries _queries;
    private readonly ServiceContent _content;
    private readonly PropertyRetriever _retriever;
    private readonly TimeProvider _clock;

    /// <summary>Reads over a session.</summary>
    /// <param name="queries">The session's query side.</param>
    /// <param name="content">What the service told about itself.</param>
    /// <param name="retriever">Reads properties.</param>
    /// <param name="clock">Tells when it was observed.</param>
    public LicensingReader(IVimQueries queries, ServiceContent content, PropertyRetriever retriever, TimeProvider clock) =>
        (_queries, _content, _retriever, _clock) = (queries, content, retriever, clock);

    /// <summary>Observes.</summary>
    /// <param name="endpoint">The vCenter the session is with.</param>
    /// <param name="parts">What to read besides keys, assignments and hosts.</param>
    /// <param name="rules">Names the settings that <see cref="LicensingParts.Settings"/> asks for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="VimException">The server refused or did not answer in vim25.</exception>
    /// <exception cref="OpsKitException">The account may not read the licences.</exception>
    public async Task<LicensingState> ReadAsync(VCenterEndpoint endpoint, LicensingParts parts, CoreRules rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(rules);
        var now = _clock.GetUtcNow();
        var (licenses, assignmentManager) = await ReadLicensesAsync(now, cancellationToken).ConfigureAwait(false);
        var hosts = await ReadHostsAsync(cancellationToken).ConfigureAwait(false);
        if (parts.HasFlag(LicensingParts.Settings))
            hosts = await WithSettingsAsync(hosts, rules, cancellationToken).ConfigureAwait(false);
        var machines = parts.HasFlag(LicensingParts.Machines) ? await ReadMachinesAsync(cancellationToken).ConfigureAwait(false) : [];
        var assignments = assignmentManager is null
            ? OfTheHostItself(hosts, licenses)
            : await ReadAssignmentsAsync(assignmentManager, hosts, endpoint.MaxRequestsInFlight, now, cancellationToken).ConfigureAwait(false);
        return new LicensingState
        {
            VCenter = endpoint.Name,
            LinkedGroup = endpoint.LinkedGroup,
            InstanceUuid = _content.About?.InstanceUuid,
            ObservedAt = now,
            Licenses = licenses,
            Assignments = assignments,
            Hosts = hosts,
            Machines = machines,
        };
    }

    private async Task<(IReadOnlyList<License> Licenses, ManagedObjectReference? AssignmentManager)> ReadLicensesAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (_content.LicenseManager is not { } manager)
            return ([], null);
        await foreach (var found in Retrieve([manager], ct, LicenseManagerProperties.Licenses, LicenseManagerProperties.LicenseAssignmentManager).ConfigureAwait(false))
        {
            // An account may see the inventory and not its licences; an empty list would look like a vCenter without any.
            if (found.Missing.FirstOrDefault(missing => missing.Path == LicenseManagerProperties.Licenses.Path) is { } hidden)
                throw new OpsKitException(FailureKind.Failed, $"the licences cannot be read: {hidden.Fault?.LocalizedMessage ?? hidden.Fault?.Fault?.TypeName ?? "no reason given"}", next: "give the account a role with Global.Licenses at the vCenter itself");
            var licenses = found.Get(LicenseManagerProperties.Licenses) ?? [];
            return ([.. licenses.Select(info => LicenseMapping.ToLicense(info, now))], found.Get(LicenseManagerProperties.LicenseAssignmentManager));
        }

        return ([], null);
    }

    private async Task<IReadOnlyList<LicensedHost>> ReadHostsAsync(CancellationToken ct)
    {
        var clusters = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var found in RetrieveAll("ClusterComputeResource", ct, ClusterComputeResourceProperties.Name).ConfigureAwait(false))
            clusters[found.Reference.Value] = EntityName.Plain(found.Get(ClusterComputeResourceProperties.Name)) ?? found.Reference.Value;

        var hosts = new List<LicensedHost>();
        await foreach (var found in RetrieveAll(
            "HostSystem",
            ct,
            HostSystemProperties.Name,
            HostSystemProperties.Parent,
            HostSystemProperties.RuntimeConnectionState,
            HostSystemProperties.SummaryConfigProduct,
            HostSystemProperties.SummaryHardware).ConfigureAwait(false))
        {
            var hardware = found.Get(HostSystemProperties.SummaryHardware);
            hosts.Add(new LicensedHost
            {
                Id = found.Reference.Value,
                Name = EntityName.Plain(found.Get(HostSystemProperties.Name)) ?? found.Reference.Value,
                Cluster = found.Get(HostSystemProperties.Parent) is { } parent ? clusters.GetValueOrDefault(parent.Value) : null,
                Version = found.Get(HostSystemProperties.SummaryConfigProduct)?.Version,
                ConnectionState = found.Get(HostSystemProperties.RuntimeConnectionState)?.Value,
                Sockets = hardware?.NumCpuPkgs,
                Cores = hardware?.NumCpuCores,
                Vendor = hardware?.Vendor,
                Model = hardware?.Model,
            });
        }

        return hosts;
    }

    // A host has hundreds of advanced settings, so only hosts that could be excluded by one are asked for theirs.
    private async Task<IReadOnlyList<LicensedHost>> WithSettingsAsync(IReadOnlyList<LicensedHost> hosts, CoreRules rules, CancellationToken ct)
    {
        var names = rules.ExcludedSettings.Select(rule => rule.Setting).ToHashSet(StringComparer.Ordinal);
        var asked = hosts.Where(host => rules.ExcludedSettings.Any(rule => rule.Concerns(host))).Select(host => new ManagedObjectReference("HostSystem", host.Id)).ToList();
        if (asked.Count == 0)
            return hosts;

        var settings = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        await foreach (var found in Retrieve(asked, ct, HostSystemProperties.ConfigOption).ConfigureAwait(false))
        {
            if (found.IsGone)
                continue;
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var option in (found.Get(HostSystemProperties.ConfigOption) ?? []).Where(option => option.Key is not null && names.Contains(option.Key)))
                values[option.Key!] = Convert.ToString(option.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
            settings[found.Reference.Value] = values;
        }

        return [.. hosts.Select(host => settings.TryGetValue(host.Id, out var values) ? host with { Settings = values } : host)];
    }

    private async Task<IReadOnlyList<SizedMachine>> ReadMachinesAsync(CancellationToken ct)
    {
        var machines = new List<SizedMachine>();
        await foreach (var found in RetrieveAll(
            "VirtualMachine",
            ct,
            VirtualMachineProperties.Name,
            MemorySizeMB,
            IsTemplate,
            VirtualMachineProperties.ConfigFtInfo,
            VirtualMachineProperties.RuntimeHost,
            VirtualMachineProperties.RuntimePowerState,
            VirtualMachineProperties.RuntimeConnectionState).ConfigureAwait(false))
        {
            machines.Add(new SizedMachine
            {
                Id = found.Reference.Value,
                Name = EntityName.Plain(found.Get(VirtualMachineProperties.Name)) ?? found.Reference.Value,
                HostId = found.Get(VirtualMachineProperties.RuntimeHost)?.Value,
                MemoryMB = found.Get(MemorySizeMB) is >= 0 and var memory ? memory : null,
                PowerState = found.Get(VirtualMachineProperties.RuntimePowerState)?.Value,
                ConnectionState = found.Get(VirtualMachineProperties.RuntimeConnectionState)?.Value,
                IsTemplate = found.Get(IsTemplate) == true,
                IsFaultToleranceSecondary = found.Get(VirtualMachineProperties.ConfigFtInfo)?.Role > 1,
            });
        }

        return machines;
    }

    private async Task<IReadOnlyList<LicenseAssignment>> ReadAssignmentsAsync(
        ManagedObjectReference manager, IReadOnlyList<LicensedHost> hosts, int inFlight, DateTimeOffset now, CancellationToken ct)
    {
        var all = await QueryAsync(manager, null, now, ct).ConfigureAwait(false);
        var answered = all.Select(assignment => assignment.EntityId).ToHashSet(StringComparer.Ordinal);
        var lacking = hosts.Where(host => !answered.Contains(host.Id)).ToList();
        var single = new IReadOnlyList<LicenseAssignment>[lacking.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, lacking.Count),
            new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = ct },
            async (i, token) => single[i] = await QueryAsync(manager, lacking[i].Id, now, token).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. all, .. single.SelectMany(rows => rows)];
    }

    // Without the privilege nothing can be said of any host, and that is a failure. Other faults are about the one entity: nothing is known of it.
    private async Task<IReadOnlyList<LicenseAssignment>> QueryAsync(ManagedObjectReference manager, string? entityId, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var rows = await _queries.QueryAssignedLicensesAsync(manager, entityId, ct).ConfigureAwait(false);
            return [.. rows.Select(row => LicenseMapping.ToAssignment(row, entityId, now)).OfType<LicenseAssignment>()];
        }
        catch (VimFaultException fault) when (fault.Fault is not SecurityError)
        {
            return [];
        }
    }

    // An ESXi host spoken to directly has no assignments: its licences are its own.
    private IReadOnlyList<LicenseAssignment> OfTheHostItself(IReadOnlyList<LicensedHost> hosts, IReadOnlyList<License> licenses) =>
        _content.About?.ApiType == "HostAgent" && hosts is [var self]
            ? [.. licenses.Select(license => new LicenseAssignment(self.Id, null, self.Name, license))]
            : [];

    private IAsyncEnumerable<RetrievedObject> RetrieveAll(string type, CancellationToken ct, params PropertyPath[] paths) =>
        _retriever.RetrieveAsync(PropertyCollectorQuery.All(type, paths), ct);

    private IAsyncEnumerable<RetrievedObject> Retrieve(List<ManagedObjectReference> objects, CancellationToken ct, params PropertyPath[] paths) =>
        _retriever.RetrieveAsync(PropertyCollectorQuery.Of(objects[0].Type, objects, paths), ct);
}
