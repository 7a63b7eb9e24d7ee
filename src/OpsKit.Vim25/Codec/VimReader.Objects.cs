namespace OpsKit.Vim25;

/// <content>Data objects and references, and the attributes that say what they are.</content>
public sealed partial class VimReader
{
    /// <summary>Reads an object; its <c>xsi:type</c> decides which subtype of <typeparamref name="T"/> is made.</summary>
    internal T? ReadObject<T>(Func<T> declared)
        where T : DataObject
    {
        if (ReadTypeAttributes(out var type))
        {
            Skip();
            return null;
        }

        var target = type is null ? declared() : Create(type, declared);
        ReadFields(target);
        return target;
    }

    /// <summary>Reads a managed object reference; null for an empty element.</summary>
    internal ManagedObjectReference? ReadReference()
    {
        var type = "";
        for (var i = 0; i < _xml.AttributeCount; i++)
        {
            if (_xml.AttributeName(i).Local == "type" && !ReferenceEquals(_xml.AttributeNamespace(i), XsiNamespace))
                type = _pool.Get(AttributeText(i));
        }

        var value = ReadText();
        if (_shapes is not null && (value.IsEmpty || type.Length == 0))
            throw new VimProtocolException($"<{_xml.ClosedName.Local}> is no reference: a managed object has a type and a value");
        return value.IsEmpty ? null : _pool.GetReference(type, value);
    }

    private T Create<T>(WireType type, Func<T> declared)
        where T : DataObject
    {
        if (type.New<T>() is { } known && (_shapes is null || _shapes(known.WireTypeName) is not null))
            return known;
        if (_shapes is not null)
            throw new VimProtocolException($"The type \"{type.Name}\" is unknown or may not stand here\nwhile parsing property \"{_xml.Name.Local}\" of static type {declared().WireTypeName}");

        var target = VimTypes.NearestKnownBase(type.Name) is { } baseName && VimTypes.Create(baseName) is T nearest ? nearest : declared();
        if (target.WireTypeName != type.Name)
            target.MarkUnknownSubtype(type.Name);
        return target;
    }

    private void ReadFields(DataObject target)
    {
        if (_shapes?.Invoke(target.WireTypeName) is { } shape)
        {
            ReadFieldsStrictly(target, shape);
            return;
        }

        if (!Enter())
            return;

        while (NextChild())
        {
            if (!target.ReadField(this, _xml.Name.Local))
                Skip();
        }
    }

    private void ReadFieldsStrictly(DataObject target, TypeShape shape)
    {
        var next = 0;
        if (Enter())
        {
            while (NextChild())
            {
                var name = Name;
                for (; next < shape.Fields.Count && shape.Fields[next].Name != name; next++)
                {
                    if (shape.Fields[next].Required)
                        throw new VimProtocolException($"Unexpected element tag \"{name}\" seen; expected \"{shape.Fields[next].Name}\"\nwhile parsing data object of type {shape.Name}");
                }

                if (next++ == shape.Fields.Count)
                    throw new VimProtocolException($"Unexpected element tag \"{name}\" seen\nwhile parsing data object of type {shape.Name}");
                target.ReadField(this, name);
            }
        }

        for (; next < shape.Fields.Count; next++)
        {
            if (shape.Fields[next].Required)
                throw new VimProtocolException($"Required property {shape.Fields[next].Name} is missing from data object of type {shape.Name}");
        }
    }

    /// <summary>
    /// Reads <c>xsi:type</c>, whatever its prefix and wherever that is declared (the local part is enough: the two namespaces that occur share no type
    /// name), and tells whether <c>xsi:nil</c> is set.
    /// </summary>
    private bool ReadTypeAttributes(out WireType? type)
    {
        type = null;
        var nil = false;
        for (var i = 0; i < _xml.AttributeCount; i++)
        {
            if (!ReferenceEquals(_xml.AttributeNamespace(i), XsiNamespace))
                continue;
            var text = AttributeText(i);
            switch (_xml.AttributeName(i).Local)
            {
                case "type":
                    type = _types.Get(text[(text.IndexOf((byte)':') + 1)..]);
                    break;
                case "nil":
                    nil = text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8);
                    break;
            }
        }

        return nil;
    }

    private ReadOnlySpan<byte> AttributeText(int index) => XmlBytes.Trim(_xml.AttributeValue(index));
}
