using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.Esxcli;

/// <summary>
/// What <c>esxcli</c> prints where it fails: always text, on standard output, whatever the formatter. A class in brackets, what happened, then
/// <c>key = value</c> lines of what it happened to.
/// </summary>
/// <param name="Class">Such as <c>DependencyError</c>; null where none is named.</param>
/// <param name="Message">What happened, line breaks kept.</param>
/// <param name="About">What it happened to, by key: <c>vibs</c>, <c>url</c>, <c>id</c>.</param>
/// <param name="Text">All of it as it came, without the reference to a log file.</param>
internal sealed partial record EsxcliFailure(string? Class, string Message, IReadOnlyDictionary<string, string> About, string Text)
{
    private const string Reference = "Please refer to the log file for more details.";
    private const int MostShown = 2000;

    /// <summary>Whether it says nothing at all: 5.x ends so at times although what was asked for was done.</summary>
    public bool IsSilent => Text.Trim('\'', ' ', '\n', '\r').Length == 0;

    public static EsxcliFailure Parse(string output)
    {
        var lines = output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Trim() != Reference).ToList();
        var text = string.Join('\n', lines).Trim('\n');
        var about = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        var message = new List<string>();
        foreach (var line in lines)
        {
            if (name is null && message.Count == 0 && ClassLine().Match(line) is { Success: true } known)
                name = known.Groups["name"].Value;
            else if (name is not null && AboutLine().Match(line) is { Success: true } pair)
                about[pair.Groups["key"].Value] = pair.Groups["value"].Value.Trim();
            else if (line.StartsWith("Usage: esxcli", StringComparison.Ordinal))
                break;
            else if (line.Trim().Length > 0)
                message.Add(line.Trim());
        }

        return new EsxcliFailure(name, string.Join('\n', message), about, text);
    }

    /// <summary>What went wrong, with what <c>esxcli</c> said beneath.</summary>
    /// <param name="doing">What could not be done, such as <c>the VIBs cannot be read</c>.</param>
    /// <param name="host">The host.</param>
    public OpsKitException ToException(string doing, string host)
    {
        var meaning = EsxcliMeaning.Of(this);
        return new OpsKitException(meaning.Kind, $"{doing}: {meaning.Sentence}{Quoted}", host, meaning.Next);
    }

    /// <summary>Its own words, to stand beneath a sentence; empty where it has none that the sentence does not have.</summary>
    public string Quoted => IsSilent ? "" : "\n" + string.Join('\n', Shown.Split('\n').Select(line => "  | " + line.TrimEnd()));

    private string Shown => Text.Length <= MostShown ? Text : Text[..MostShown] + " …";

    [GeneratedRegex(@"^\s*\[(?<name>\w+)\]\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClassLine();

    [GeneratedRegex(@"^ {5,9}(?<key>[a-z][a-z_]*) = (?<value>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutLine();
}
