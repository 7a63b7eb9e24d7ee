using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks;

/// <summary>Reads the words that name targets.</summary>
internal static class SelectorReader
{
    private static readonly string[] Prefixes = ["cluster", "enclosure", "vm"];

    /// <summary>Longest text of a selector.</summary>
    internal const int Longest = 1000;

    /// <summary>The selector, or null with what is wrong told.</summary>
    public static TargetSelector? Read(string text, string at, Action<string> wrong)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > Longest)
        {
            wrong($"a target is {(trimmed.Length == 0 ? "empty" : $"longer than {Longest} characters")}, expected a name, a glob, a group, cluster:NAME, enclosure:NAME or vm:NAME");
            return null;
        }

        if (trimmed[0] == '!')
        {
            wrong($"\"{trimmed}\" excludes; that is for --limit");
            return null;
        }

        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? "" : trimmed[..colon];
        switch (prefix.ToLowerInvariant())
        {
            case "cluster":
                return Named(trimmed, colon, at, SelectorKind.Cluster, wrong);
            case "enclosure":
                return Named(trimmed, colon, at, SelectorKind.Enclosure, wrong);
            case "vm":
                return Machine(trimmed, at, wrong);
        }

        if (colon > 0 && !IsAddress(trimmed, colon))
        {
            wrong($"unknown kind of target \"{prefix}:\"{Hint(prefix)}; known: cluster:, enclosure:, vm:, and names and groups without any");
            return null;
        }

        return new TargetSelector { Text = trimmed, At = at, Kind = SelectorKind.Name, Pattern = trimmed };
    }

    private static string Hint(string prefix) => prefix.ToLowerInvariant() switch
    {
        "tag" or "folder" => $" (did you mean \"vm:* {prefix.ToLowerInvariant()}=…\"?)",
        _ => NearestKey.Find(prefix, Prefixes) is { } near ? $" (did you mean \"{near}:\"?)" : "",
    };

    /// <summary><c>name:port</c>, or an IPv6 address; a glob may stand for part of either.</summary>
    private static bool IsAddress(string text, int colon) =>
        (colon + 1 < text.Length && text.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0)
        || System.Net.IPAddress.TryParse(text, out _)
        || text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.' or '*' or '?' or '[' or ']' or '%');

    private static TargetSelector? Named(string text, int colon, string at, SelectorKind kind, Action<string> wrong)
    {
        var pattern = text[(colon + 1)..].Trim();
        if (pattern.Length > 0)
            return new TargetSelector { Text = text, At = at, Kind = kind, Pattern = pattern };
        wrong($"\"{text}\" names nothing, expected a name or glob after the colon");
        return null;
    }

    /// <summary><c>vm:NAME tag=TAG folder=PATH</c>; a value may hold blanks as long as no word of it holds <c>tag=</c> or <c>folder=</c>.</summary>
    private static TargetSelector? Machine(string text, string at, Action<string> wrong)
    {
        var pattern = "";
        var tags = new List<string>();
        string? folder = null;
        var last = "";
        foreach (var word in text[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("tag=", StringComparison.OrdinalIgnoreCase))
            {
                tags.Add(word[4..]);
                last = "tag";
            }
            else if (word.StartsWith("folder=", StringComparison.OrdinalIgnoreCase))
            {
                if (folder is not null)
                {
                    wrong($"\"{text}\" names two folders, expected one");
                    return null;
                }

                folder = word[7..];
                last = "folder";
            }
            else if (last == "tag")
            {
                tags[^1] += " " + word;
            }
            else if (last == "folder")
            {
                folder += " " + word;
            }
            else
            {
                pattern += pattern.Length == 0 ? word : " " + word;
            }
        }

        if ((pattern.Length == 0 && tags.Count == 0 && folder is null) || tags.Any(tag => tag.Length == 0) || folder?.Length == 0)
        {
            wrong($"\"{text}\" names nothing, expected such as vm:web-*, vm:* tag=backup or vm:* folder=/DC/vm/Prod/*");
            return null;
        }

        return new TargetSelector
        {
            Text = text, At = at, Kind = SelectorKind.VirtualMachine, Pattern = pattern.Length == 0 ? "*" : pattern, Tags = tags, Folder = folder,
        };
    }
}
