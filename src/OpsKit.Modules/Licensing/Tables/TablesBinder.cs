using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.Licensing;

/// <summary>Turns <c>licensing.yaml</c> into records, and refuses what has no meaning: all mistakes at once, each with its place.</summary>
internal static class TablesBinder
{
    private const int LargestGigabytes = 1024 * 1024;
    private const string Unlimited = "unlimited";

    private static readonly Dictionary<string, LicensedUnit> Units = new(StringComparer.Ordinal)
    {
        ["cpu"] = LicensedUnit.Cpu,
        ["host"] = LicensedUnit.Host,
    };

    public static LicensingTables Bind(YamlMap root, YamlErrors errors)
    {
        if (root.RequiredText("version") is { Length: > 0 } version && version != "1")
            root.Wrong("version", $"this opskit reads version 1, not {version}");

        var editions = Editions(root);
        var vram = Required(root, "vram", section => section.Entries().ToDictionary(table => table.Name, table => Vram(table, editions), StringComparer.Ordinal)) ?? [];
        var tables = new LicensingTables
        {
            Source = root.File,
            EditionRules = Required(root, "edition-keys", Rules) ?? new EditionRules { DropSuffixes = [], DropPrefixes = [], NamePrefixes = [], Evaluation = [] },
            Editions = editions,
            Vram = vram,
            DefaultTable = root.RequiredText("default-table"),
            Cores = Required(root, "cores", Cores) ?? new CoreRules { MinimumPerCpu = 0 },
        };
        if (tables.DefaultTable.Length > 0 && !vram.ContainsKey(tables.DefaultTable))
            root.Wrong("default-table", $"there is no vRAM table \"{tables.DefaultTable}\"");
        root.Finish();
        errors.ThrowIfAny();
        return tables;
    }

    private static EditionRules Rules(YamlMap map) => new()
    {
        DropSuffixes = map.Texts("drop-suffixes"),
        DropPrefixes = map.Texts("drop-prefixes"),
        NamePrefixes = map.Texts("name-prefixes"),
        Evaluation = map.Texts("evaluation"),
    };

    private static List<Edition> Editions(YamlMap root)
    {
        var editions = new List<Edition>();
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var map in root.Maps("editions"))
        {
            var edition = new Edition(map.RequiredText("name"), map.Texts("keys"), map.Texts("names"));
            map.Finish();
            if (editions.Exists(other => other.Name == edition.Name))
                map.Wrong("name", $"edition \"{edition.Name}\" stands here twice");
            foreach (var key in edition.Keys.Where(key => !owners.TryAdd(key, edition.Name)))
                map.Wrong("keys", $"key \"{key}\" already means {owners[key]}");
            editions.Add(edition);
        }

        return editions;
    }

    private static VramTable Vram(YamlMap map, List<Edition> editions)
    {
        var entitlements = new Dictionary<string, VramEntitlement>(StringComparer.Ordinal);
        var section = map.Map("entitlements");
        foreach (var row in section?.Entries() ?? [])
        {
            if (!editions.Exists(known => known.Name == row.Name))
                row.Wrong($"\"{row.Name}\" is none of the editions: {string.Join(", ", editions.Select(known => known.Name))}");
            entitlements[row.Name] = Entitlement(row);
        }

        if (section is null)
            map.Wrong($"{map.Name}: \"entitlements\" is missing");
        foreach (var (edition, entitlement) in entitlements)
        {
            if (entitlement.CountsAs is { } other && (!entitlements.TryGetValue(other, out var target) || target.CountsAs is not null))
                section!.Wrong(edition, $"\"{edition}\" counts as \"{other}\", which has no entitlement of its own in table {map.Name}");
        }

        var cap = Megabytes(map, "cap-per-vm", least: 1);
        map.Finish();
        return new VramTable(map.Name, cap, entitlements);
    }

    private static VramEntitlement Entitlement(YamlMap map)
    {
        var entitlement = map.Has("counts-as")
            ? new VramEntitlement { CountsAs = map.Text("counts-as") }
            : new VramEntitlement
            {
                MegabytesPerLicence = map.RequiredText("gb") is "" or Unlimited ? null : Megabytes(map, "gb"),
                Per = map.Choice("per", Units) ?? LicensedUnit.Cpu,
                PoolLimitMB = Megabytes(map, "pool-limit"),
                Hard = map.Boolean("hard") == true,
            };
        map.Finish();
        return entitlement;
    }

    private static CoreRules Cores(YamlMap map)
    {
        map.RequiredText("minimum-per-cpu");
        return new CoreRules
        {
            MinimumPerCpu = (int)(map.Integer("minimum-per-cpu", 0, 10_000) ?? 0),
            MinimumOrder = (int?)map.Integer("minimum-order", 1, 1_000_000),
            ExcludedModels = map.Texts("excluded-models"),
            ExcludedSettings = [.. map.Maps("excluded-settings").Select(Setting)],
        };
    }

    private static ExcludingSetting Setting(YamlMap map)
    {
        var setting = new ExcludingSetting(map.RequiredText("setting"), map.RequiredText("not"), map.Text("vendor"), map.RequiredText("reason"));
        map.Finish();
        return setting;
    }

    private static long? Megabytes(YamlMap map, string key, int least = 0) => map.Integer(key, least, LargestGigabytes) * 1024;

    private static T? Required<T>(YamlMap root, string key, Func<YamlMap, T> bind)
        where T : class
    {
        if (root.Map(key) is not { } map)
        {
            root.RequiredText(key);
            return null;
        }

        var bound = bind(map);
        if (key != "vram")
            map.Finish();
        return bound;
    }
}
