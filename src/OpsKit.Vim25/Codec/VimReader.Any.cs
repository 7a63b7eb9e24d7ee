namespace OpsKit.Vim25;

/// <content>Values whose type only the message tells (xsd:anyType).</content>
public sealed partial class VimReader
{
    /// <summary>Reads a value by its <c>xsi:type</c>: a scalar, a data object, an enumeration, or an <see cref="ArrayOf{T}"/> of them.</summary>
    internal object? ReadAny()
    {
        if (ReadTypeAttributes(out var type))
        {
            Skip();
            return null;
        }

        if (type is null && _shapes is not null)
            throw new VimProtocolException($"<{_xml.Name.Local}> may hold anything: it must tell its xsi:type");
        return type is null ? ReadString() : type.New<DataObject>() is { } data ? ReadInto(data) : ReadTyped(type.Name);
    }

    internal ArrayOf<T> ReadArray<T>(string typeName, Func<VimReader, T?> readItem)
    {
        var items = new ItemBuffer<T>();
        try
        {
            if (Enter())
            {
                while (NextChild())
                    items.Add(readItem(this));
            }

            return items.ToList(typeName);
        }
        finally
        {
            items.Release();
        }
    }

    private object? ReadTyped(string typeName) => typeName switch
    {
        "string" or "anyURI" or "token" or "normalizedString" => ReadString(),
        "boolean" => ReadBoolean(),
        "int" => ReadInt32(),
        "long" => ReadInt64(),
        "short" => ReadInt16(),
        "byte" => ReadSByte(),
        "double" => ReadDouble(),
        "float" => ReadSingle(),
        "dateTime" => ReadDateTime(),
        "base64Binary" => ReadBinary(),
        "ManagedObjectReference" => ReadReference(),
        "ArrayOfString" or "ArrayOfAnyURI" => ReadArray(typeName, static r => r.ReadString()),
        "ArrayOfBoolean" => ReadScalars(typeName, static r => r.ReadBoolean()),
        "ArrayOfInt" => ReadScalars(typeName, static r => r.ReadInt32()),
        "ArrayOfLong" => ReadScalars(typeName, static r => r.ReadInt64()),
        "ArrayOfShort" => ReadScalars(typeName, static r => r.ReadInt16()),
        "ArrayOfByte" => ReadScalars(typeName, static r => r.ReadSByte()),
        "ArrayOfDouble" => ReadScalars(typeName, static r => r.ReadDouble()),
        "ArrayOfFloat" => ReadScalars(typeName, static r => r.ReadSingle()),
        "ArrayOfDateTime" => ReadScalars(typeName, static r => r.ReadDateTime()),
        "ArrayOfBase64Binary" => ReadArray(typeName, static r => r.ReadBinary()),
        "ArrayOfAnyType" => ReadArray(typeName, static r => r.ReadAny()),
        "ArrayOfManagedObjectReference" => ReadArray(typeName, static r => r.ReadReference()),
        _ => ReadGenerated(typeName),
    };

    private object? ReadGenerated(string typeName)
    {
        if (VimTypes.TryReadOther(this, typeName, out var value))
            return value;
        if (_shapes is not null)
            throw new VimProtocolException($"The type \"{typeName}\" is unknown");

        DataObject target = VimTypes.NearestKnownBase(typeName) is { } baseName && VimTypes.Create(baseName) is { } nearest ? nearest : new UnknownObject();
        target.MarkUnknownSubtype(typeName);
        return ReadInto(target);
    }

    private DataObject ReadInto(DataObject target)
    {
        ReadFields(target);
        return target;
    }

    internal ArrayOf<T> ReadScalars<T>(string typeName, Func<VimReader, T?> readItem)
        where T : struct
    {
        var items = new ItemBuffer<T>();
        try
        {
            if (Enter())
            {
                while (NextChild())
                {
                    if (readItem(this) is { } item)
                        items.Add(item);
                }
            }

            return items.ToList(typeName);
        }
        finally
        {
            items.Release();
        }
    }
}
