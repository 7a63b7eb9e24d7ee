using System.Globalization;

namespace OpsKit.Modules.Esxcli;

/// <summary>
/// A thing that <c>esxcli</c> tells of, by the names of its fields. Names are compared by their letters and digits alone: text says <c>Reboot Required</c>
/// where XML says <c>RebootRequired</c>, and the order of fields differs between versions.
/// </summary>
internal sealed class EsxcliRecord
{
    private readonly Dictionary<string, EsxcliValue> _fields = new(StringComparer.Ordinal);

    /// <summary>The line above the fields, where there is one: a VIB's id, <c>Installation Result</c>.</summary>
    public string? Title { get; init; }

    public int Count => _fields.Count;

    /// <summary>Its fields by the letters and digits of their names.</summary>
    public IEnumerable<KeyValuePair<string, EsxcliValue>> Fields => _fields.OrderBy(one => one.Key, StringComparer.Ordinal);

    public bool Has(string name) => _fields.ContainsKey(Key(name));

    /// <summary>A field's text; null where the host does not know the field, empty where it has no value.</summary>
    public string? Text(string name) => _fields.TryGetValue(Key(name), out var value) ? value.Text.Trim() : null;

    /// <summary>A field of several values; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string name) => _fields.TryGetValue(Key(name), out var value) ? value.Items : [];

    /// <summary><c>true</c>, <c>True</c>, <c>false</c> …; null where the field is missing or says something else.</summary>
    public bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;

    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Things within the thing, such as <c>Driver Info</c> of a NIC.</summary>
    public IReadOnlyList<EsxcliRecord> Records(string name) => _fields.TryGetValue(Key(name), out var value) ? value.Records : [];

    /// <summary>Adds a field; false where it is there already.</summary>
    public bool Add(string name, EsxcliValue value) => _fields.TryAdd(Key(name), value);

    /// <summary>Replaces a field's value by what is known of it once more of the text was read.</summary>
    public void Set(string name, EsxcliValue value) => _fields[Key(name)] = value;

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>The value of a field.</summary>
/// <param name="Text">As text.</param>
/// <param name="Items">Its values, where it is a list; else the text's parts between commas.</param>
/// <param name="Records">What is nested in it.</param>
internal sealed record EsxcliValue(string Text, IReadOnlyList<string> Items, IReadOnlyList<EsxcliRecord> Records)
{
    public static EsxcliValue Of(string text) => new(text, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), []);

    public static EsxcliValue Of(IReadOnlyList<string> items) => new(string.Join(", ", items), items, []);

    public static EsxcliValue Of(IReadOnlyList<EsxcliRecord> records) => new("", [], records);
}
