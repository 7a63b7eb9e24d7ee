using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Licences of a vCenter and who uses them.</summary>
internal static class LicenseView
{
    public static LicenseManagerLicenseInfo Info(LabInventory inventory, LabLicense license) => new()
    {
        LicenseKey = license.Key,
        EditionKey = license.EditionKey,
        Name = license.Name,
        Total = license.Total,
        Used = Used(inventory, license),
        CostUnit = license.CostUnit,
        Properties = [.. license.Properties.Select(property => new KeyAnyValue { Key = property.Key, Value = property.Value })],
    };

    /// <summary>A host without a key is in evaluation mode.</summary>
    public static LabLicense Of(LabHost host) => host.VCenter.Licenses.Find(license => license.Key == host.LicenseKey) ?? LicenseSets.Evaluation;

    public static IReadOnlyList<LicenseAssignmentManagerLicenseAssignment> Assignments(LabInventory inventory, string? entity)
    {
        var vCenter = inventory.VCenter;
        var rows = inventory.Places.Hosts.Where(host => entity is null || entity == host.Id)
            .Select(host => Assignment(inventory, host.Id, host.Name, Of(host), Cost(host, Of(host))))
            .ToList();
        if ((entity is null || entity == vCenter.InstanceUuid) && vCenter.Licenses.Find(license => license.EditionKey.StartsWith("vc", StringComparison.Ordinal)) is { } own)
            rows.Add(Assignment(inventory, vCenter.InstanceUuid, vCenter.Name, own, 1));
        return rows;
    }

    private static LicenseAssignmentManagerLicenseAssignment Assignment(LabInventory inventory, string id, string name, LabLicense license, int cost) => new()
    {
        EntityId = id,
        Scope = inventory.VCenter.InstanceUuid,
        EntityDisplayName = name,
        AssignedLicense = Info(inventory, license),
        Properties = [new KeyAnyValue { Key = "entityCost", Value = cost }, .. Evaluation(inventory, license), .. license.Properties.Select(property => new KeyAnyValue { Key = property.Key, Value = property.Value })],
    };

    private static IEnumerable<KeyAnyValue> Evaluation(LabInventory inventory, LabLicense license) => license != LicenseSets.Evaluation ? [] :
    [
        new KeyAnyValue
        {
            Key = "Evaluation",
            Value = new LicenseManagerEvaluationInfo { Properties = [new KeyAnyValue { Key = "expirationHours", Value = 1440L }, new KeyAnyValue { Key = "expirationDate", Value = inventory.Clock.GetUtcNow() + TimeSpan.FromHours(1440) }] },
        },
    ];

    private static int Used(LabInventory inventory, LabLicense license) => license.EditionKey == "eval"
        ? 0
        : inventory.Places.Hosts.Where(host => host.LicenseKey == license.Key).Sum(host => Cost(host, license)) + (license.EditionKey.StartsWith("vc", StringComparison.Ordinal) ? 1 : 0);

    /// <summary>
    /// Units a host takes: its cores where the licence is by core, else a licence for each processor, or for each 32 cores of it where the unit is
    /// <c>cpuPackage:32core</c>.
    /// </summary>
    private static int Cost(LabHost host, LabLicense license)
    {
        if (license.CostUnit == "cpuCore")
            return host.Sockets * Math.Max(16, host.CoresPerSocket);
        var colon = license.CostUnit.IndexOf(':', StringComparison.Ordinal);
        var most = colon > 0 ? int.Parse(license.CostUnit.AsSpan(colon + 1, license.CostUnit.Length - colon - 1 - "core".Length), CultureInfo.InvariantCulture) : host.CoresPerSocket;
        return host.Sockets * ((host.CoresPerSocket + most - 1) / most);
    }
}
