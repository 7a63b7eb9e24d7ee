using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Lines of enclosure devices: <c>Key: value</c> in blocks, indented by tabs or blanks, with blanks at their ends.</summary>
internal static partial class DeviceText
{
    /// <summary>The lines, without blanks at their ends and without empty ones.</summary>
    public static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);

    /// <summary>Cuts text at headings.</summary>
    /// <param name="text">An answer.</param>
    /// <param name="heading">Matches a heading; its group <c>bay</c> is the number.</param>
    /// <param name="command">What was asked, for errors.</param>
    /// <exception cref="OpsKitException">There is no heading, or a number comes twice: unreadable.</exception>
    public static IReadOnlyList<DeviceBlock> Blocks(string text, Regex heading, string command)
    {
        var blocks = new List<DeviceBlock>();
        foreach (var line in Lines(text))
        {
            if (heading.Match(line) is { Success: true } match)
            {
                if (!int.TryParse(match.Groups["bay"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bay) || blocks.Exists(block => block.Bay == bay))
                    throw Unreadable(command, $"\"{line.Trim()}\" has a number that cannot be or comes twice");
                blocks.Add(new DeviceBlock(bay, match.Groups["rest"].Value.Trim(), []));
            }
            else if (blocks.Count > 0)
            {
                blocks[^1].Lines.Add(line);
            }
        }

        return blocks.Count > 0 ? blocks : throw Unreadable(command, $"there is no part of it that could be read: \"{Shortened(text)}\"");
    }

    /// <summary>The value behind a key and a colon; null where the line has no colon or another key. Blanks do not count, case does not either.</summary>
    public static string? ValueOf(string line, string key)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line[..colon].Trim().Equals(key, StringComparison.OrdinalIgnoreCase) ? line[(colon + 1)..].Trim() : null;
    }

    /// <summary>A value that says something: not empty, not in brackets, not an address of zeroes, not "Not Available".</summary>
    public static string? Said(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.StartsWith('[') || value is "0.0.0.0" or "-- --" or "--"
        || value.Equals("N/A", StringComparison.OrdinalIgnoreCase) || value.Equals("Unknown", StringComparison.OrdinalIgnoreCase) || value.Equals("Not Available", StringComparison.OrdinalIgnoreCase)
            ? null
            : value.Trim();

    /// <summary>A MAC address in lower case with colons; null where the text is none. Colons, dashes and nothing between the bytes are understood.</summary>
    public static string? MacOf(string text)
    {
        if (!Mac.IsMatch(text))
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiHexDigit)).ToLowerInvariant();
        return string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
    }

    public static OpsKitException Unreadable(string command, string why) =>
        new(FailureKind.Failed, $"the answer to \"{command}\" cannot be understood: {why}") { Unreadable = true };

    public static string Shortened(string text)
    {
        var line = text.Trim().ReplaceLineEndings("; ");
        return line.Length > 100 ? line[..100] + "…" : line;
    }

    [GeneratedRegex(@"^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\z|^([0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}\z|^[0-9A-Fa-f]{12}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mac { get; }
}

/// <summary>A part of an answer under its heading.</summary>
/// <param name="Bay">The number in the heading.</param>
/// <param name="Rest">What else the heading says.</param>
/// <param name="Lines">The lines below, indented as they came.</param>
internal sealed record DeviceBlock(int Bay, string Rest, List<string> Lines)
{
    /// <summary>The first value of a key; null where it is missing.</summary>
    public string? this[string key] => Lines.Select(line => DeviceText.ValueOf(line, key)).FirstOrDefault(value => value is not null);

    /// <summary>The diagnoses below <c>Diagnostic Status:</c>: the last word is the value, what stands before it is what was diagnosed. The gap between them is one blank or many.</summary>
    public IEnumerable<(string What, string Value)> Diagnoses()
    {
        foreach (var line in Lines.SkipWhile(line => DeviceText.ValueOf(line, "Diagnostic Status") is null).Skip(1))
        {
            var text = line.Trim();
            var gap = text.LastIndexOfAny([' ', '\t']);
            if (gap > 0 && !text.Contains(':', StringComparison.Ordinal))
                yield return (text[..gap].Trim(), text[(gap + 1)..]);
        }
    }
}
