using YamlDotNet.Core;

namespace OpsKit.Connections.Yaml;

/// <summary>Collects what is wrong with a file, so that one look mends it all.</summary>
public sealed class YamlErrors
{
    private const int MostShown = 20;
    private const int LongestMessage = 2000;
    private readonly List<YamlError> _errors = [];
    private readonly HashSet<YamlError> _known = [];
    private readonly Dictionary<(long Line, long Column), string> _written = [];
    private readonly HashSet<(long Line, long Column)> _settled = [];

    /// <summary>What was found so far, in the order of the file.</summary>
    public IReadOnlyList<YamlError> All => [.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    /// <summary>Adds an error; one that is known already is not repeated.</summary>
    public void Add(YamlError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var place = (error.Line, error.Column);
        if (_settled.Contains(place))
            return;
        if (_written.TryGetValue(place, out var text))
            error = error with { Message = $"{error.Message} (written as \"{YamlNodes.Shorten(text)}\")" };
        if (error.Message.Length > LongestMessage)
            error = error with { Message = error.Message[..LongestMessage] + "…" };
        if (_known.Add(error))
            _errors.Add(error);
    }

    /// <summary>Remembers how a value was written before variables were filled in.</summary>
    internal void FilledIn(Mark at, string written) => _written[(Math.Max(1, at.Line), Math.Max(1, at.Column))] = written;

    /// <summary>Remembers a value about which all is said: what else seems wrong with it comes of that.</summary>
    internal void Settle(Mark at) => _settled.Add((Math.Max(1, at.Line), Math.Max(1, at.Column)));

    /// <summary>Throws when anything was found.</summary>
    /// <exception cref="OpsKitException">All errors, a line each (<see cref="FailureKind.Usage"/>).</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count == 0)
            return;
        var lines = All.Take(MostShown).Select(error => error.ToString());
        var more = _errors.Count > MostShown ? $"\n… and {_errors.Count - MostShown} more" : "";
        throw new OpsKitException(FailureKind.Usage, string.Join('\n', lines) + more, next: "mend the lines above; nothing was contacted");
    }
}
