namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A variable. One without a value is exported or read-only for the time it gets one.</summary>
internal sealed record ShellVariable(string? Value, bool Exported = false, bool ReadOnly = false);

/// <summary>The variables of a shell.</summary>
internal sealed class ShellVariables
{
    /// <summary>What all variables of a shell may hold together.</summary>
    private const long MostText = 64L << 20;

    private readonly Dictionary<string, ShellVariable> _variables;
    private long _text;

    public ShellVariables() => _variables = new Dictionary<string, ShellVariable>(StringComparer.Ordinal);

    private ShellVariables(ShellVariables other)
    {
        _variables = new Dictionary<string, ShellVariable>(other._variables, StringComparer.Ordinal);
        _text = other._text;
    }

    public string? this[string name] => _variables.GetValueOrDefault(name)?.Value;

    public IEnumerable<KeyValuePair<string, ShellVariable>> All => _variables.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Environment =>
        _variables.Where(pair => pair.Value is { Exported: true, Value: not null }).ToDictionary(pair => pair.Key, pair => pair.Value.Value!, StringComparer.Ordinal);

    public ShellVariable? Find(string name) => _variables.GetValueOrDefault(name);

    /// <exception cref="ShellFailureException">It is read-only, or there is no memory for it.</exception>
    public void Set(string name, string value)
    {
        var old = _variables.GetValueOrDefault(name) ?? new ShellVariable(null);
        if (old.ReadOnly)
            throw new ShellFailureException($"{name}: is read only");
        if (_text + value.Length > MostText)
            throw new ShellFailureException("out of memory");
        Put(name, old with { Value = value });
    }

    public void Export(string name) => Put(name, (Find(name) ?? new ShellVariable(null)) with { Exported = true });

    public void Unexport(string name) => Put(name, (Find(name) ?? new ShellVariable(null)) with { Exported = false });

    public void MakeReadOnly(string name) => Put(name, (Find(name) ?? new ShellVariable(null)) with { ReadOnly = true });

    /// <exception cref="ShellFailureException">It is read-only.</exception>
    public void Unset(string name)
    {
        if (Find(name) is { ReadOnly: true })
            throw new ShellFailureException($"{name}: is read only");
        Restore(name, null);
    }

    /// <summary>Puts back what <see cref="Find"/> told before.</summary>
    public void Restore(string name, ShellVariable? variable)
    {
        if (variable is not null)
            Put(name, variable);
        else if (_variables.Remove(name, out var old))
            _text -= old.Value?.Length ?? 0;
    }

    public ShellVariables Copy() => new(this);

    private void Put(string name, ShellVariable variable)
    {
        _text += (variable.Value?.Length ?? 0) - (Find(name)?.Value?.Length ?? 0);
        _variables[name] = variable;
    }
}
