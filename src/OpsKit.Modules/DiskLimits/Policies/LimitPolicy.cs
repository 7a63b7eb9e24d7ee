using OpsKit.Connections.Inventory;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What a rule of a policy is about.</summary>
public enum PolicySubject
{
    /// <summary>Every disk.</summary>
    Any,

    /// <summary>Disks on a datastore.</summary>
    Datastore,

    /// <summary>All disks of machines with a tag.</summary>
    Tag,
}

/// <summary>One rule: which disks, and what limit they are to have.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Pattern">A name or glob of a datastore or tag.</param>
/// <param name="Limit">I/O operations a second; null for no limit.</param>
public sealed record LimitPolicy(PolicySubject Subject, string Pattern, long? Limit)
{
    private const string Expected = "expected such as datastore:ds01=500, datastore:slow-*=2KIOps, tag:database=500 or *=none";

    /// <summary>The rule as it is written.</summary>
    public string Text => $"{Subject switch { PolicySubject.Datastore => "datastore:" + Pattern, PolicySubject.Tag => "tag:" + Pattern, _ => "*" }}={(Limit is { } limit ? LimitWords.Of(limit) : "none")}";

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Such as <c>datastore:ds01=500</c>, <c>tag:database=2KIOps</c>, <c>*=none</c>.</param>
    /// <param name="policy">The rule; null where it is none.</param>
    /// <param name="wrong">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryParse(string text, out LimitPolicy? policy, out string wrong)
    {
        ArgumentNullException.ThrowIfNull(text);
        policy = null;
        wrong = $"\"{text}\" is no rule, {Expected}";
        var equals = text.LastIndexOf('=');
        if (equals < 1)
            return false;
        var (subject, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        long? limit = null;
        if (!value.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            if (!Rate.TryParseIops(value, out var iops, out wrong))
                return false;
            limit = iops;
        }

        wrong = $"\"{text}\" is no rule, {Expected}";
        policy = subject switch
        {
            "*" => new LimitPolicy(PolicySubject.Any, "*", limit),
            _ when After(subject, "datastore:") is { } datastore => new LimitPolicy(PolicySubject.Datastore, datastore, limit),
            _ when After(subject, "tag:") is { } tag => new LimitPolicy(PolicySubject.Tag, tag, limit),
            _ => null,
        };
        wrong = policy is null ? wrong : "";
        return policy is not null;
    }

    /// <summary>Whether the rule is about a disk.</summary>
    public bool Means(LimitedMachine machine, VirtualDiskState disk)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(disk);
        return Subject switch
        {
            PolicySubject.Datastore => disk.Datastore is { } datastore && GlobPattern.Matches(Pattern, datastore),
            PolicySubject.Tag => machine.Tags.Any(tag => GlobPattern.Matches(Pattern, tag)),
            _ => true,
        };
    }

    private static string? After(string subject, string prefix) =>
        subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && subject[prefix.Length..].Trim() is { Length: > 0 } pattern ? pattern : null;
}
