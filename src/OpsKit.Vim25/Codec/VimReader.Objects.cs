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
        return value.IsEmpty ? null : _pool.GetReference(type, value);
    }

    private static T Create<T>(WireType type, Func<T> declared)
        where T : DataObject
    {
        if (type.New<T>() is { } known)
            return known;

        var target = VimTypes.NearestKnownBase(type.Name) is { } baseName && VimTypes.Create(baseName) is T nearest ? nearest : declared();
        if (target.WireTypeName != type.Name)
            target.MarkUnknownSubtype(type.Name);
        return target;
    }

    private void ReadFields(DataObject target)
    {
        if (!Enter())
            return;

        while (NextChild())
        {
            if (!target.ReadField(this, _xml.Name.Local))
                Skip();
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
