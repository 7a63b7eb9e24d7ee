using System.Globalization;
using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks;

/// <summary>Binds <c>guards</c>: each item has one key that says what it is, and a <c>name</c> if it wants one.</summary>
internal static class GuardBinder
{
    internal static readonly IReadOnlyList<string> Kinds = ["ping", "command", "window", "failures"];
    internal const int Most = 100;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    internal static readonly IReadOnlyDictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>()
        .SelectMany(day => new[] { day.ToString()[..3].ToLowerInvariant(), day.ToString().ToLowerInvariant() }.Select(word => (word, day)))
        .ToDictionary(pair => pair.word, pair => pair.day, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<GuardSpec> Bind(YamlMap playbook)
    {
        var guards = new List<GuardSpec>();
        var maps = playbook.Maps("guards");
        if (maps.Count > Most)
            playbook.Wrong("guards", $"{maps.Count} guards, expected at most {Most}");
        foreach (var map in maps.Take(Most))
        {
            var name = Names.Optional(map);
            var kinds = Kinds.Where(kind => map.Has(kind) || map.Keys.Contains(kind, StringComparer.Ordinal)).ToList();
            if (kinds.Count != 1)
            {
                if (map.Keys.All(key => key == "name" || Kinds.Contains(key)))
                    map.Wrong($"a guard has {(kinds.Count == 0 ? "no kind" : $"{kinds.Count} kinds")}, expected one of {string.Join(", ", Kinds)}");
                map.Finish();
                continue;
            }

            var guard = One(map.MapOrEmpty(kinds[0]), kinds[0], name ?? Unused(kinds[0], guards), map.At);
            map.Finish();
            if (guards.Any(other => string.Equals(other.Name, guard.Name, StringComparison.OrdinalIgnoreCase)))
                map.Wrong("name", $"two guards are called \"{guard.Name}\"");
            guards.Add(guard);
        }

        return guards;
    }

    private static string Unused(string kind, List<GuardSpec> guards)
    {
        var name = kind;
        for (var number = 2; guards.Any(guard => guard.Name == name); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");
        return name;
    }

    private static GuardSpec One(YamlMap map, string kind, string name, string at)
    {
        GuardSpec guard = kind switch
        {
            "ping" => Ping(map, name, at),
            "command" => Command(map, name, at),
            "window" => Window(map, name, at),
            _ => Failures(map, name, at),
        };
        map.Finish();
        return guard;
    }

    private static PingGuardSpec Ping(YamlMap map, string name, string at)
    {
        var items = map.Items("targets");
        if (items.Count == 0)
            map.Wrong("targets", "\"targets\" names nothing, expected addresses, or hosts by name, cluster:NAME or enclosure:NAME");
        foreach (var item in items)
        {
            if (SelectorReader.Read(item.Text, item.At, item.Wrong) is { Kind: SelectorKind.VirtualMachine })
                item.Wrong($"\"{item.Text}\" names virtual machines; a ping guard takes addresses, and hosts by name, cluster:NAME or enclosure:NAME");
        }

        var defaults = new PingGuardSpec { Name = name, At = at, Targets = [.. items.Select(item => item.Text.Trim())] };
        var guard = defaults with
        {
            TcpPort = (int)(map.Integer("tcp-port", 1, 65535) ?? 0),
            Interval = map.Duration("interval", TimeSpan.FromMilliseconds(100), Minute) ?? defaults.Interval,
            Timeout = map.Duration("timeout", TimeSpan.FromMilliseconds(50), Minute) ?? defaults.Timeout,
            ConsecutiveLosses = (int)(map.Integer("consecutive-losses", 1, 10_000) ?? defaults.ConsecutiveLosses),
            Outage = map.Duration("outage", TimeSpan.FromMilliseconds(100), Hour),
            ShareOfTargets = map.Decimal("share-of-targets", 0, 1),
        };
        if (guard.ShareOfTargets == 0)
            map.Wrong("share-of-targets", "\"share-of-targets\" is 0, expected a number above 0 and at most 1");
        if (guard.Outage < guard.Interval)
            map.Wrong("outage", $"an outage of {Durations.Format(guard.Outage.Value)} is shorter than the interval of {Durations.Format(guard.Interval)} and cannot be measured");
        return guard;
    }

    private static CommandGuardSpec Command(YamlMap map, string name, string at)
    {
        var command = map.Texts("run");
        if (command.Count == 0)
            map.Wrong("run", "\"run\" names nothing, expected a program and its arguments as a list");
        var defaults = new CommandGuardSpec { Name = name, At = at, Command = command };
        return defaults with
        {
            Interval = map.Duration("interval", Second, Hour) ?? defaults.Interval,
            Timeout = map.Duration("timeout", Second, Hour) ?? defaults.Timeout,
        };
    }

    private static WindowGuardSpec Window(YamlMap map, string name, string at)
    {
        var days = new List<DayOfWeek>();
        foreach (var item in map.Items("days"))
        {
            if (Days.TryGetValue(item.Text, out var day))
                days.Add(day);
            else
                item.Wrong($"\"{item.Text}\" is no day{NearestKey.Hint(item.Text, Days.Keys)}, expected mon, tue, wed, thu, fri, sat or sun");
        }

        var zone = map.Text("time-zone");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            map.Wrong("time-zone", $"\"{zone}\" is no time zone this jump host knows, expected such as Europe/Berlin or UTC");
        return new WindowGuardSpec { Name = name, At = at, Days = [.. days.Distinct()], From = Time(map, "from"), To = Time(map, "to"), TimeZone = zone };
    }

    private static FailuresGuardSpec Failures(YamlMap map, string name, string at)
    {
        if (!map.Has("most"))
            map.Wrong("\"most\" is missing, expected how many targets may fail");
        return new FailuresGuardSpec { Name = name, At = at, Most = (int)(map.Integer("most", 1, 10_000) ?? 1) };
    }

    private static TimeOnly Time(YamlMap map, string key)
    {
        var (text, time) = (map.RequiredText(key), default(TimeOnly));
        if (text.Length == 0 || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            return time;
        map.Wrong(key, $"\"{key}\" is \"{text}\", which is no time of day, expected such as \"22:00\"");
        return default;
    }
}
