namespace OpsKit.Modules.Licensing;

/// <summary>The licence facts in force: editions, vRAM entitlements, core rules. Read from <c>licensing.yaml</c>.</summary>
public sealed record LicensingTables
{
    /// <summary>Where they were read from: a file, or <c>built in</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How edition keys and names become editions.</summary>
    public required EditionRules EditionRules { get; init; }

    /// <summary>The editions, in the order reports list them.</summary>
    public required IReadOnlyList<Edition> Editions { get; init; }

    /// <summary>The vRAM tables by name, such as <c>2011-08</c>.</summary>
    public required IReadOnlyDictionary<string, VramTable> Vram { get; init; }

    /// <summary>Name of the vRAM table used where none is asked for.</summary>
    public required string DefaultTable { get; init; }

    /// <summary>How cores are counted.</summary>
    public required CoreRules Cores { get; init; }

    /// <summary>The vRAM table of that name.</summary>
    /// <param name="name">Table name; null for the default one.</param>
    /// <exception cref="OpsKit.Connections.OpsKitException">There is none of that name (usage).</exception>
    public VramTable VramTable(string? name) =>
        Vram.TryGetValue(name ?? DefaultTable, out var table)
            ? table
            : throw new Connections.OpsKitException(
                Connections.FailureKind.Usage,
                $"there is no vRAM table '{name}' in the licence tables ({Source})",
                next: $"use one of: {string.Join(", ", Vram.Keys.Order(StringComparer.Ordinal))}");
}

/// <summary>How the texts servers send are shortened before they are looked up.</summary>
public sealed record EditionRules
{
    /// <summary>Endings taken off, repeatedly, such as <c>.vram</c>.</summary>
    public required IReadOnlyList<string> DropSuffixes { get; init; }

    /// <summary>Beginnings of which the first that fits is taken off, such as <c>esx.</c>.</summary>
    public required IReadOnlyList<string> DropPrefixes { get; init; }

    /// <summary>What a host licence's name begins with, such as <c>vSphere</c>.</summary>
    public required IReadOnlyList<string> NamePrefixes { get; init; }

    /// <summary>Edition keys of evaluation licences.</summary>
    public required IReadOnlyList<string> Evaluation { get; init; }
}

/// <summary>An edition of the host licence.</summary>
/// <param name="Name">Its name in reports and in the vRAM tables.</param>
/// <param name="Keys">Edition keys that mean it, shortened.</param>
/// <param name="Names">Names that mean it, without the product and its version.</param>
public sealed record Edition(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> Names);

/// <summary>What licences brought under one set of terms.</summary>
/// <param name="Name">Its name, such as <c>2011-08</c>.</param>
/// <param name="CapPerMachineMB">Memory of one virtual machine above this, in MB, is not counted; null counts all.</param>
/// <param name="Entitlements">By edition name.</param>
public sealed record VramTable(string Name, long? CapPerMachineMB, IReadOnlyDictionary<string, VramEntitlement> Entitlements)
{
    /// <summary>The edition whose pool an edition belongs to: its own, or the one it is counted as; null where the table has neither.</summary>
    /// <param name="edition">Edition name.</param>
    public string? PoolEdition(string edition)
    {
        if (!Entitlements.TryGetValue(edition, out var entitlement))
            return null;
        if (entitlement.CountsAs is null)
            return edition;
        return Entitlements.ContainsKey(entitlement.CountsAs) ? entitlement.CountsAs : null;
    }
}

/// <summary>What one licence of an edition brings.</summary>
public sealed record VramEntitlement
{
    /// <summary>Edition whose pool this one's licences and usage belong to, or null for its own.</summary>
    public string? CountsAs { get; init; }

    /// <summary>MB for each licence; null means unlimited.</summary>
    public long? MegabytesPerLicence { get; init; }

    /// <summary>What a licence is for.</summary>
    public LicensedUnit Per { get; init; } = LicensedUnit.Cpu;

    /// <summary>The pool never exceeds this, in MB; null where it may.</summary>
    public long? PoolLimitMB { get; init; }

    /// <summary>Power-on is refused beyond the limit.</summary>
    public bool Hard { get; init; }
}

/// <summary>What one licence is for.</summary>
public enum LicensedUnit
{
    /// <summary>A processor: a key's capacity is its number of processors.</summary>
    Cpu,

    /// <summary>A host, which is a pool of its own.</summary>
    Host,
}

/// <summary>How core licences are counted.</summary>
public sealed record CoreRules
{
    /// <summary>Cores counted for each processor at least.</summary>
    public required int MinimumPerCpu { get; init; }

    /// <summary>Cores that must be ordered at least, or null for no such rule.</summary>
    public int? MinimumOrder { get; init; }

    /// <summary>Hardware models that need no core licence.</summary>
    public IReadOnlyList<string> ExcludedModels { get; init; } = [];

    /// <summary>Advanced settings that mark hosts which need no core licence.</summary>
    public IReadOnlyList<ExcludingSetting> ExcludedSettings { get; init; } = [];
}

/// <summary>A host whose advanced setting has another value than this needs no core licence.</summary>
/// <param name="Setting">The advanced setting, such as <c>Misc.vsanWitnessVirtualAppliance</c>.</param>
/// <param name="Not">The value of ordinary hosts.</param>
/// <param name="Vendor">Only hosts whose hardware vendor contains this are asked; null asks all.</param>
/// <param name="Reason">What such a host is.</param>
public sealed record ExcludingSetting(string Setting, string Not, string? Vendor, string Reason)
{
    /// <summary>Whether a host has to be asked for the setting.</summary>
    /// <param name="host">The host.</param>
    public bool Concerns(LicensedHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Vendor is null || host.Vendor?.Contains(Vendor, StringComparison.OrdinalIgnoreCase) == true;
    }
}
