using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks;

/// <summary>Reads the words that name targets.</summary>
internal static class SelectorReader
{
    private static readonly string[] Prefixes = ["cluster", "enclosure", "vm"];

    /// <summary>The selector, or null with what is wrong told.</summary>
    public static TargetSelector? Read(string text, string at, Action<string> wrong)
    {
        var trimmed = text.Trim();
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? "" : trimmed[..colon].ToLowerInvariant();
        switch (prefix)
        {
            case "cluster":
            case "enclosure":
                return Named(trimmed, colon, at, prefix == "cluster" ? SelectorKind.Cluster : SelectorKind.Enclosure, wrong);
            case "vm":
                return Machine(trimmed, at, wrong);
        }

        if (trimmed.Length == 0)
        {
            wrong("a target is empty, expected a name, a glob, a group, cluster:NAME, enclosure:NAME or vm:NAME");
            return null;
        }

        // Addresses of IPv6 and names with a port have colons, too: only a word that looks like a kind is taken for a mistyped one.
        if (colon > 0 && prefix.All(char.IsAsciiLetter) && NearestKey.Find(prefix, Prefixes) is { } near)
        {
            wrong($"\"{trimmed}\" begins with \"{prefix}:\"; did you mean \"{near}:\"?");
            return null;
        }

        return new TargetSelector { Text = trimmed, At = at, Kind = SelectorKind.Name, Pattern = trimmed };
    }

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
