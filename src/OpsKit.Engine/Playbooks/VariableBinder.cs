using OpsKit.Connections.Yaml;

namespace OpsKit.Engine.Playbooks;

/// <summary>Binds <c>vars</c>: values of the file, those given besides, and what values take from one another.</summary>
internal sealed class VariableBinder
{
    /// <summary>Most variables of a playbook.</summary>
    internal const int Most = 100;

    /// <summary>Longest name of a variable.</summary>
    internal const int LongestName = 64;

    private readonly YamlMap _playbook;
    private readonly YamlMap? _vars;
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private VariableBinder(YamlMap playbook, IReadOnlyDictionary<string, string> given) =>
        (_playbook, _vars, _given) = (playbook, playbook.Map("vars"), given);

    /// <summary>Binds them and fills them into the playbook.</summary>
    public static BoundVariables Bind(YamlMap playbook, IReadOnlyDictionary<string, string> given)
    {
        var binder = new VariableBinder(playbook, given);
        binder.Read();
        foreach (var name in binder._written.Keys)
            binder.Resolve(name, []);
        binder._used.UnionWith(playbook.Expand(binder._values, "vars", binder._broken));
        var unused = binder._values.Keys.Where(name => !binder._used.Contains(name)).Select(name => (name, binder._vars!.Where(name)));
        return new BoundVariables(binder._values, [.. unused]);
    }

    private void Read()
    {
        var names = _vars?.Keys.ToList() ?? [];
        if (names.Count > Most)
            _vars!.Wrong($"{names.Count} variables, expected at most {Most}");
        foreach (var name in names.Take(Most))
        {
            if (!IsName(name))
                _vars!.Wrong(name, $"\"{name}\" cannot name a variable, expected letters, digits, - and _, at most {LongestName}");
            else if (_given.TryGetValue(name, out var value))
                _values[name] = value;
            else if (_vars!.Text(name) is { } text)
                _written[name] = text;
            else
                Missing(name);
        }

        foreach (var name in _given.Keys.Where(name => !names.Contains(name, StringComparer.Ordinal)).Order(StringComparer.Ordinal))
            (_vars ?? _playbook).Wrong($"--var {name}: the playbook has no such variable{NearestKey.Hint(name, names)}");
    }

    private void Missing(string name)
    {
        _broken.Add(name);
        if (!_vars!.Has(name))
            _vars.Wrong(name, $"the variable \"{name}\" has no value; give it with --var {name}=VALUE");
    }

    /// <summary>Fills into a variable's value what it takes from others; where that cannot be, the variable is broken.</summary>
    private void Resolve(string name, List<string> path)
    {
        if (_values.ContainsKey(name) || _broken.Contains(name) || !_written.TryGetValue(name, out var text))
            return;
        if (path.IndexOf(name) is >= 0 and var first)
        {
            _broken.UnionWith(path.Skip(first));
            _vars!.Wrong(name, $"the variable \"{name}\" takes its value from itself: {string.Join(" → ", path.Skip(first).Append(name))}");
            return;
        }

        path.Add(name);
        var sources = Placeholders.NamesIn(text).Distinct(StringComparer.Ordinal).ToList();
        foreach (var source in sources)
            Resolve(source, path);
        path.RemoveAt(path.Count - 1);

        // What comes of another's mistake is not told again.
        var filled = _broken.Contains(name) || sources.Any(_broken.Contains)
            ? null
            : Placeholders.Fill(text, _values, message => _vars!.Wrong(name, message), used => _used.Add(used), _vars!.Keys);
        if (filled is null)
            _broken.Add(name);
        else
            _values[name] = filled;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>The variables of a playbook.</summary>
/// <param name="Values">Their values, by name.</param>
/// <param name="Unused">Those that nothing uses, with their places.</param>
internal sealed record BoundVariables(IReadOnlyDictionary<string, string> Values, IReadOnlyList<(string Name, string At)> Unused);
