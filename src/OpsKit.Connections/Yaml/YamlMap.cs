using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpsKit.Connections.Yaml;

/// <summary>
/// Keys with values, read by name. Every read remembers its key; <see cref="Finish"/> then reports the keys nobody asked for. What is wrong
/// is collected and a default returned, so that binding goes on and finds the rest.
/// </summary>
public sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly YamlErrors _errors;
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    private readonly Mark _start;

    internal YamlMap(YamlMappingNode node, string file, string name, YamlErrors errors, Mark? start = null)
    {
        _node = node;
        _start = start ?? YamlNodes.StartOf(node);
        File = file;
        Name = name;
        _errors = errors;
    }

    /// <summary>The file, as the operator named it.</summary>
    public string File { get; }

    /// <summary>The key this map stands under; empty at the top.</summary>
    public string Name { get; }

    /// <summary>Where the map begins, as <c>file:line:column</c>.</summary>
    public string At => Place(_start);

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Whether a key is there and has a value.</summary>
    public bool Has(string key) => Find(key) is not null and not YamlScalarNode { Value: null or "" };

    /// <summary>Where a key's value begins, as <c>file:line:column</c>.</summary>
    public string Where(string key) => Place(Find(key)?.Start ?? _start);

    /// <summary>A text; null when the key is missing or empty.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value;
            case var other:
                Report(other, $"\"{key}\" is {YamlNodes.Describe(other)}, expected a text");
                return null;
        }
    }

    /// <summary>A text that must be there; empty, and reported, when it is not.</summary>
    public string RequiredText(string key)
    {
        if (Text(key) is { } text)
            return text;
        if (Find(key) is null or YamlScalarNode)
            _errors.Add(new YamlError(File, Math.Max(1, _start.Line), Math.Max(1, _start.Column), $"{Owner}\"{key}\" is missing"));
        return "";
    }

    /// <summary>A whole number within a range, both ends included.</summary>
    public long? Integer(string key, long least, long most) => Value(key, $"a whole number from {least} to {most}", text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : (long?)null);

    /// <summary>A number that may have decimals, within a range, both ends included.</summary>
    public decimal? Decimal(string key, decimal least, decimal most) => Value(key, $"a number from {least} to {most}", text =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : (decimal?)null);

    /// <summary><c>true</c> or <c>false</c>; YAML's older <c>yes</c> and <c>no</c> are understood too.</summary>
    public bool? Boolean(string key) => Value<bool>(key, "true or false", text => text switch
    {
        "true" or "True" or "yes" => true,
        "false" or "False" or "no" => false,
        _ => null,
    });

    /// <summary>A time such as <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>.</summary>
    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most) => Value(key, $"a time such as 250ms, 30s, 5m or 2h, from {Durations.Format(least)} to {Durations.Format(most)}", text =>
        Durations.TryParse(text, out var value) && value >= least && value <= most ? value : (TimeSpan?)null);

    /// <summary>A date such as <c>2011-08-03</c>.</summary>
    public DateOnly? Date(string key) => Value(key, "a date such as 2011-08-03", text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : (DateOnly?)null);

    /// <summary>One of a few words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct => Value(key, $"one of {string.Join(", ", choices.Keys)}", text =>
        choices.TryGetValue(text, out var value) ? value : (T?)null, text => NearestKey.Hint(text, choices.Keys));

    /// <summary>A list of texts; a single text counts as a list of one. Empty when the key is missing.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => item.Text)];

    /// <summary>The same as <see cref="Texts"/>, each text with its place.</summary>
    public IReadOnlyList<YamlItem> Items(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return [];
            case YamlScalarNode scalar:
                return [Item(scalar)];
            case YamlSequenceNode list:
                var items = new List<YamlItem>();
                foreach (var node in list.Children)
                {
                    if (node is YamlScalarNode { Value.Length: > 0 } text)
                        items.Add(Item(text));
                    else
                        Report(node, $"an item of \"{key}\" is {YamlNodes.Describe(node)}, expected a text{YamlNodes.ColonHint(node)}");
                }

                if (items.Count < list.Children.Count)
                    _errors.Settle(list.Start);
                return items;
            case var other:
                ReportWhole(other, $"\"{key}\" is {YamlNodes.Describe(other)}, expected a list of texts{YamlNodes.ColonHint(other)}");
                return [];
        }
    }

    /// <summary>The map under a key; null when the key is missing.</summary>
    public YamlMap? Map(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return null;
            case YamlMappingNode map:
                return new YamlMap(map, File, key, _errors);
            case var other:
                ReportWhole(other, $"\"{key}\" is {YamlNodes.Describe(other)}, expected keys with values");
                return null;
        }
    }

    /// <summary>The map under a key; one without keys when the key is missing, so that what must be in it is missed.</summary>
    public YamlMap MapOrEmpty(string key) => Map(key) ?? new YamlMap(new YamlMappingNode(), File, key, _errors, Find(key)?.Start ?? _start);

    /// <summary>The list of maps under a key; empty when the key is missing.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return [];
            case YamlSequenceNode list:
                var maps = new List<YamlMap>();
                foreach (var item in list.Children)
                {
                    if (item is YamlMappingNode map)
                        maps.Add(new YamlMap(map, File, key, _errors));
                    else
                        Report(item, $"an item of \"{key}\" is {YamlNodes.Describe(item)}, expected keys with values");
                }

                if (maps.Count < list.Children.Count)
                    _errors.Settle(list.Start);
                return maps;
            case var other:
                ReportWhole(other, $"\"{key}\" is {YamlNodes.Describe(other)}, expected a list");
                return [];
        }
    }

    /// <summary>
    /// Fills in <c>${name}</c> in every value, however deep; <c>$${</c> stands for <c>${</c>. What cannot be filled in is reported where it stands,
    /// and later mistakes in a value that was filled in tell how it was written.
    /// </summary>
    /// <param name="variables">Names and values; what a value holds is taken as it is.</param>
    /// <param name="except">A key whose value is left alone.</param>
    /// <param name="broken">Names whose values are told as wrong already: what uses them is left as it is, and nothing is said about it.</param>
    /// <returns>The names that were used.</returns>
    public IReadOnlySet<string> Expand(IReadOnlyDictionary<string, string> variables, string except, IReadOnlySet<string> broken) =>
        new YamlVariables(variables, broken, _errors, Report).Expand(_node, except);

    /// <summary>Every entry as a map of its own, such as the endpoints of a section by their names.</summary>
    public IEnumerable<YamlMap> Entries()
    {
        foreach (var key in Keys.ToArray())
        {
            if (Find(key) is YamlScalarNode { Value: null or "" })
                yield return new YamlMap(new YamlMappingNode(), File, key, _errors);
            else if (Map(key) is { } map)
                yield return map;
        }
    }

    /// <summary>Reports a key's value as wrong.</summary>
    public void Wrong(string key, string message) => Report(Find(key)?.Start ?? _start, message);

    /// <summary>Reports the map itself as wrong.</summary>
    public void Wrong(string message) => Report(_start, message);

    /// <summary>Reports the keys that were never asked for.</summary>
    public void Finish()
    {
        foreach (var key in _node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name })
                Report(key, $"{YamlNodes.Describe(key)} cannot be a key");
            else if (!_asked.Contains(name))
                Report(key, $"{Owner}unknown key \"{name}\"{NearestKey.Hint(name, _asked)}; known: {string.Join(", ", _asked)}");
        }
    }

    private string Owner => Name.Length == 0 ? "" : $"{Name}: ";

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private T? Value<T>(string key, string expected, Func<string, T?> parse, Func<string, string>? hint = null)
        where T : struct
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return null;
            case YamlScalarNode scalar when parse(scalar.Value!) is { } value:
                return value;
            case var other:
                Report(other, $"\"{key}\" is {YamlNodes.Describe(other)}, expected {expected}{(other is YamlScalarNode { Value: { } text } ? hint?.Invoke(text) : "")}");
                return null;
        }
    }

    private YamlItem Item(YamlScalarNode scalar) => new(scalar.Value!, Place(scalar.Start), message => Report(scalar, message));

    /// <summary>Reports a value of the wrong shape: that something is missing in it goes without saying.</summary>
    private void ReportWhole(YamlNode node, string message)
    {
        Report(node, message);
        _errors.Settle(YamlNodes.StartOf(node));
    }

    private void Report(YamlNode node, string message) => Report(YamlNodes.StartOf(node), message);

    private void Report(Mark at, string message) => _errors.Add(new YamlError(File, Math.Max(1, at.Line), Math.Max(1, at.Column), message));

    private string Place(Mark mark) => $"{File}:{Math.Max(1, mark.Line)}:{Math.Max(1, mark.Column)}";
}
