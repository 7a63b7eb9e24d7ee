namespace OpsKit.Connections.Yaml;

/// <summary>Collects what is wrong with a file, so that one look mends it all.</summary>
public sealed class YamlErrors
{
    private const int MostShown = 20;
    private readonly List<YamlError> _errors = [];

    /// <summary>What was found so far, in the order of the file.</summary>
    public IReadOnlyList<YamlError> All => [.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    /// <summary>Adds an error; one that is known already is not repeated.</summary>
    public void Add(YamlError error)
    {
        if (!_errors.Contains(error))
            _errors.Add(error);
    }

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
