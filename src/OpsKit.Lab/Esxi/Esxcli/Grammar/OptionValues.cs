namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>The options a command was given, by their long names.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public void Add(EsxcliOption option, string value)
    {
        if (!_values.TryGetValue(option.Long, out var values))
            _values[option.Long] = values = [];
        if (!option.Repeats)
            values.Clear();
        values.Add(value);
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name)?[^1];

    public IReadOnlyList<string> Texts(string name) => _values.GetValueOrDefault(name) ?? [];

    public long? Integer(string name) => Text(name) is { } text ? long.Parse(text) : null;

    public bool? Boolean(string name) => Text(name) is { } text ? OptionReader.Boolean(text) : null;
}
