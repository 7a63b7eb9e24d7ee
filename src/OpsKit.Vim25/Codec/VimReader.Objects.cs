namespace OpsKit.Vim25;

/// <content>Data objects and references, and the attributes that say what they are.</content>
public sealed partial class VimReader
{
    /// <summary>Reads an object; its <c>xsi:type</c> decides which subtype of <typeparamref name="T"/> is made.</summary>
    internal T? ReadObject<T>(Func<T> declared)
        where T : DataObject
    {
        if (ReadTypeAttributes(out var typeName))
        {
            Skip();
            return null;
        }

        var target = typeName is null ? declared() : Create(typeName, declared);
        ReadFields(target);
        return target;
    }

    /// <summary>Reads a managed object reference; null for an empty element.</summary>
    internal ManagedObjectReference? ReadReference()
    {
        string? type = null;
        if (_xml.MoveToFirstAttribute())
        {
            do
            {
                if (_xml.LocalName == "type" && !ReferenceEquals(_xml.NamespaceURI, _xsi))
                    type = _pool.Get(AttributeText());
            }
            while (_xml.MoveToNextAttribute());
            _xml.MoveToElement();
        }

        var value = ReadSpan();
        return value.IsEmpty ? null : _pool.GetReference(type ?? "", value);
    }

    private static T Create<T>(string typeName, Func<T> declared)
        where T : DataObject
    {
        if (VimTypes.Create(typeName) is T known)
            return known;

        var target = VimTypes.NearestKnownBase(typeName) is { } baseName && VimTypes.Create(baseName) is T nearest ? nearest : declared();
        if (target.WireTypeName != typeName)
            target.MarkUnknownSubtype(typeName);
        return target;
    }

    private void ReadFields(DataObject target)
    {
        if (!Enter())
            return;

        while (NextChild())
        {
            if (!target.ReadField(this, _xml.LocalName))
                Skip();
        }
    }

    /// <summary>
    /// Reads <c>xsi:type</c>, whatever its prefix and wherever that is declared (the local part is enough: the two namespaces that occur share no type
    /// name), and tells whether <c>xsi:nil</c> is set.
    /// </summary>
    private bool ReadTypeAttributes(out string? typeName)
    {
        typeName = null;
        if (!_xml.MoveToFirstAttribute())
            return false;

        var nil = false;
        do
        {
            if (!ReferenceEquals(_xml.NamespaceURI, _xsi))
                continue;
            if (_xml.LocalName == "type")
            {
                var text = AttributeText();
                typeName = _pool.Get(text[(text.IndexOf(':') + 1)..]);
            }
            else if (_xml.LocalName == "nil")
            {
                nil = AttributeText() is "true" or "1";
            }
        }
        while (_xml.MoveToNextAttribute());
        _xml.MoveToElement();
        return nil;
    }

    private ReadOnlySpan<char> AttributeText() => _text.AsSpan(0, AppendValue(0)).Trim();
}
