using System.Xml;

namespace OpsKit.Vim25;

/// <content>The schema's simple types and anyType.</content>
public sealed partial class VimWriter
{
    internal void WriteString(string name, string? value, bool required = false) => WriteElement(name, value, required);

    internal void WriteBoolean(string name, bool? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteInt32(string name, int? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteInt64(string name, long? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteInt16(string name, short? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteSByte(string name, sbyte? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteDouble(string name, double? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteSingle(string name, float? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteDateTime(string name, DateTimeOffset? value, bool required = false) =>
        WriteElement(name, value is { } v ? XmlConvert.ToString(v) : null, required);

    internal void WriteBinary(string name, byte[]? value, bool required = false) =>
        WriteElement(name, value is { } v ? Convert.ToBase64String(v) : null, required);

    internal void WriteEnum<TEnum>(string name, TEnum? value, bool required = false)
        where TEnum : struct, IOpenEnumeration<TEnum> =>
        WriteElement(name, value is { } v ? v.Value ?? "" : null, required);

    internal void WriteAny(string name, object? value, bool required = false)
    {
        if (Omits(name))
            return;
        if (value is null)
        {
            Missing(name, required);
            return;
        }

        StartElement(name);
        WriteAnyContent(name, value);
        EndElement();
    }

    private void WriteAnyContent(string name, object value)
    {
        switch (value)
        {
            case DataObject { IsUnknownSubtype: true } unknown:
                throw new VimSerializationException($"{_owner}.{name} was read from a {unknown.TypeName}, a type this client does not know: sending it back would lose its fields.");
            case DataObject data:
                WriteTypeAttribute(TypeNameOf(data));
                WriteContent(data);
                break;
            case ManagedObjectReference reference:
                WriteTypeAttribute("ManagedObjectReference");
                _xml.WriteAttributeString("type", reference.Type);
                WriteText(reference.Value);
                break;
            case IArrayOf list:
                WriteTypeAttribute(list.TypeName);
                WriteItems(name, list);
                break;
            default:
                var (type, text) = Scalar(name, value);
                WriteTypeAttribute(type);
                WriteText(text);
                break;
        }
    }

    /// <summary>Items are elements named like their type: <c>VirtualDevice</c>, <c>string</c>, <c>anyType</c>.</summary>
    private void WriteItems(string name, IArrayOf list)
    {
        var itemType = list.TypeName["ArrayOf".Length..];
        var outer = _fields;
        _fields = null;
        foreach (var item in list.Items)
        {
            switch (item)
            {
                case not null when itemType == "AnyType":
                    WriteAny("anyType", item);
                    break;
                case DataObject data:
                    WriteObject(itemType, data, itemType);
                    break;
                case ManagedObjectReference reference:
                    WriteReference(itemType, reference);
                    break;
                case not null:
                    var (type, text) = Scalar(name, item);
                    WriteElement(type.StartsWith("xsd:", StringComparison.Ordinal) ? type["xsd:".Length..] : itemType, text, required: false);
                    break;
            }
        }

        _fields = outer;
    }

    private (string Type, string Text) Scalar(string name, object value) => value switch
    {
        string text => ("xsd:string", text),
        bool flag => ("xsd:boolean", XmlConvert.ToString(flag)),
        int number => ("xsd:int", XmlConvert.ToString(number)),
        long number => ("xsd:long", XmlConvert.ToString(number)),
        short number => ("xsd:short", XmlConvert.ToString(number)),
        sbyte number => ("xsd:byte", XmlConvert.ToString(number)),
        double number => ("xsd:double", XmlConvert.ToString(number)),
        float number => ("xsd:float", XmlConvert.ToString(number)),
        DateTimeOffset time => ("xsd:dateTime", XmlConvert.ToString(time)),
        byte[] bytes => ("xsd:base64Binary", Convert.ToBase64String(bytes)),
        _ when VimTypes.TryWriteEnum(value, out var type, out var text) => (type, text),
        _ => throw new VimSerializationException($"{_owner}.{name} holds a {value.GetType().Name}, which vim25 has no type for."),
    };

    private void WriteElement(string name, string? text, bool required)
    {
        if (Omits(name))
            return;
        if (text is null)
        {
            Missing(name, required);
            return;
        }

        StartElement(name);
        WriteText(text);
        EndElement();
    }

    private void WriteText(string text)
    {
        try
        {
            _xml.WriteString(text);
        }
        catch (ArgumentException e)
        {
            throw new VimSerializationException($"A text of {_owner} holds a character that XML cannot carry: {e.Message}");
        }
    }
}
