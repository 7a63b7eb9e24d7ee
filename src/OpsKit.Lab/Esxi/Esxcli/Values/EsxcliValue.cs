namespace OpsKit.Lab.Esxi.Esxcli.Values;

/// <summary>What a command answers, before it is written in one format or another.</summary>
internal abstract record EsxcliValue
{
    /// <summary>The answer of commands that change something and have nothing to say.</summary>
    public static readonly EsxcliValue Done = new EsxcliBoolean(true) { IsSilent = true };

    public static implicit operator EsxcliValue(string text) => new EsxcliText(text);

    public static implicit operator EsxcliValue(long number) => new EsxcliInteger(number);

    public static implicit operator EsxcliValue(bool value) => new EsxcliBoolean(value);
}

internal sealed record EsxcliText(string Text) : EsxcliValue
{
    public override string ToString() => Text;
}

internal sealed record EsxcliInteger(long Number) : EsxcliValue
{
    public override string ToString() => $"{Number}";
}

internal sealed record EsxcliBoolean(bool Value) : EsxcliValue
{
    /// <summary>Written as <c>True</c> and <c>False</c> in text, as the parts of esxcli written in Python do.</summary>
    public bool IsPythonic { get; init; }

    /// <summary>Text says nothing of it.</summary>
    public bool IsSilent { get; init; }

    public override string ToString() => Value ? "true" : "false";

    public string ToText() => (Value, IsPythonic) switch { (true, true) => "True", (false, true) => "False", _ => ToString() };
}

/// <summary>Values of one type, which the structured formats name.</summary>
internal sealed record EsxcliList(string Type, IReadOnlyList<EsxcliValue> Items) : EsxcliValue
{
    public static EsxcliList OfText(IEnumerable<string> items) => new("string", [.. items.Select(item => new EsxcliText(item))]);

    public static EsxcliList OfRecords(IEnumerable<EsxcliRecord> items) => new("structure", [.. items]);
}

/// <summary>A thing with fields.</summary>
/// <param name="Type">The name of its type in the structured formats.</param>
/// <param name="Title">The line above its fields in text; null for none.</param>
/// <param name="Fields">Its fields as text orders them.</param>
internal sealed record EsxcliRecord(string Type, string? Title, IReadOnlyList<EsxcliField> Fields) : EsxcliValue
{
    public EsxcliRecord(string type, params ReadOnlySpan<EsxcliField> fields)
        : this(type, null, [.. fields])
    {
    }

    public IEnumerable<EsxcliField> Shown => Fields.Where(each => each.InText);

    /// <summary>The fields as structured formats order them.</summary>
    public IEnumerable<EsxcliField> ByApiName => Fields.OrderBy(each => each.ApiName, StringComparer.Ordinal);
}

/// <param name="Name">The name shown in text.</param>
/// <param name="Value">Its value.</param>
/// <param name="InText">Whether text has it at all.</param>
internal sealed record EsxcliField(string Name, EsxcliValue Value, bool InText = true)
{
    /// <summary>The name in structured formats: the same without blanks.</summary>
    public string ApiName { get; } = Name.Replace(" ", "", StringComparison.Ordinal);

    public static implicit operator EsxcliField((string Name, EsxcliValue Value) field) => new(field.Name, field.Value);
}
