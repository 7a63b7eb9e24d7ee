namespace OpsKit.Modules.Licensing;

/// <summary>Turns the nodes of <c>licensing.yaml</c> into records, and refuses what has no meaning.</summary>
internal static class TablesBinder
{
    private const int LargestGigabytes = 1024 * 1024;

    public static LicensingTables Bind(string text, string source)
    {
        var root = YamlTable.Parse(text, source);
        if (root.Number("version", 1, int.MaxValue) != 1)
            throw root.Error("version", "this version of opskit reads version 1");

        var editions = Editions(root);
        var vram = root.Table("vram");
        var tables = new LicensingTables
        {
            Source = source,
            EditionRules = Rules(root.Table("edition-keys")),
            Editions = editions,
            Vram = vram.Keys.ToDictionary(name => name, name => Vram(name, vram.Table(name), editions), StringComparer.Ordinal),
            DefaultTable = root.Text("default-table"),
            Cores = Cores(root.Table("cores")),
        };
        if (!tables.Vram.ContainsKey(tables.DefaultTable))
            throw root.Error("default-table", $"there is no vRAM table '{tables.DefaultTable}'");
        root.Done();
        return tables;
    }

    private static EditionRules Rules(YamlTable table)
    {
        var rules = new EditionRules
        {
            DropSuffixes = table.Texts("drop-suffixes"),
            DropPrefixes = table.Texts("drop-prefixes"),
            NamePrefixes = table.Texts("name-prefixes"),
            Evaluation = table.Texts("evaluation"),
        };
        table.Done();
        return rules;
    }

    private static List<Edition> Editions(YamlTable root)
    {
        var editions = new List<Edition>();
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in root.Tables("editions"))
        {
            var edition = new Edition(table.Text("name"), table.Texts("keys"), table.Texts("names"));
            table.Done();
            if (editions.Exists(other => other.Name == edition.Name))
                throw table.Error("name", $"edition '{edition.Name}' stands here twice");
            foreach (var key in edition.Keys)
            {
                if (!owners.TryAdd(key, edition.Name))
                    throw table.Error("keys", $"key '{key}' already means {owners[key]}");
            }

            editions.Add(edition);
        }

        return editions;
    }

    private static VramTable Vram(string name, YamlTable table, List<Edition> editions)
    {
        long? cap = table.Has("cap-per-vm") ? table.Number("cap-per-vm", 1, LargestGigabytes) * 1024L : null;
        var rows = table.Table("entitlements");
        var entitlements = rows.Keys.ToDictionary(edition => edition, edition => Entitlement(rows.Table(edition)), StringComparer.Ordinal);
        foreach (var (edition, entitlement) in entitlements)
        {
            if (!editions.Exists(known => known.Name == edition))
                throw rows.Error(edition, $"'{edition}' is none of the editions: {string.Join(", ", editions.Select(known => known.Name))}");
            if (entitlement.CountsAs is { } other && (!entitlements.TryGetValue(other, out var target) || target.CountsAs is not null))
                throw rows.Error(edition, $"'{edition}' counts as '{other}', which has no entitlement of its own in table {name}");
        }

        table.Done();
        return new VramTable(name, cap, entitlements);
    }

    private static VramEntitlement Entitlement(YamlTable table)
    {
        var entitlement = table.Has("counts-as")
            ? new VramEntitlement { CountsAs = table.Text("counts-as") }
            : new VramEntitlement
            {
                MegabytesPerLicence = table.Has("gb") && table.Text("gb") == "unlimited" ? null : table.Number("gb", 0, LargestGigabytes) * 1024L,
                Per = table.Has("per") ? Unit(table) : LicensedUnit.Cpu,
                PoolLimitMB = table.Has("pool-limit") ? table.Number("pool-limit", 0, LargestGigabytes) * 1024L : null,
                Hard = table.Has("hard") && table.Flag("hard"),
            };
        table.Done();
        return entitlement;
    }

    private static LicensedUnit Unit(YamlTable table) => table.Text("per") switch
    {
        "cpu" => LicensedUnit.Cpu,
        "host" => LicensedUnit.Host,
        var other => throw table.Error("per", $"'per' must be cpu or host, not '{other}'"),
    };

    private static CoreRules Cores(YamlTable table)
    {
        var rules = new CoreRules
        {
            MinimumPerCpu = table.Number("minimum-per-cpu", 0, 10_000),
            MinimumOrder = table.Has("minimum-order") ? table.Number("minimum-order", 1, 1_000_000) : null,
            ExcludedModels = table.Has("excluded-models") ? table.Texts("excluded-models") : [],
            ExcludedSettings = table.Has("excluded-settings") ? [.. table.Tables("excluded-settings").Select(Setting)] : [],
        };
        table.Done();
        return rules;
    }

    private static ExcludingSetting Setting(YamlTable table)
    {
        var setting = new ExcludingSetting(
            table.Text("setting"), table.Text("not"), table.Has("vendor") ? table.Text("vendor") : null, table.Text("reason"));
        table.Done();
        return setting;
    }
}
