using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>
/// Reads a RetrieveResult object by object, straight into <see cref="RetrievedObject"/>s, so that an answer of any size needs the memory
/// of a few objects.
/// </summary>
internal sealed class RetrieveResultReader(PropertyShape shape, IReadOnlyList<MissingProperty> refused)
{
    /// <summary>The token of the next page, known once the answer was read; null after the last page.</summary>
    internal string? Token { get; private set; }

    /// <summary>Called with the reader on the response element.</summary>
    internal IEnumerable<RetrievedObject> Read(VimReader reader)
    {
        Token = null;
        if (!reader.Enter())
            yield break;
        while (reader.NextChild())
        {
            if (reader.Name != "returnval")
            {
                reader.Skip();
                continue;
            }

            if (!reader.Enter())
                continue;
            while (reader.NextChild())
            {
                switch (reader.Name)
                {
                    case "token":
                        Token = reader.ReadString() is { Length: > 0 } token ? token : null;
                        break;
                    case "objects":
                        if (ReadObject(reader) is { } found)
                            yield return found;
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
    }

    private RetrievedObject? ReadObject(VimReader reader)
    {
        ManagedObjectReference? reference = null;
        var values = new object?[shape.Count];
        List<MissingProperty>? missing = null;
        if (!reader.Enter())
            return null;
        while (reader.NextChild())
        {
            switch (reader.Name)
            {
                case "obj":
                    reference = reader.ReadReference();
                    break;
                case "propSet":
                    ReadProperty(reader, values);
                    break;
                case "missingSet":
                    if (reader.ReadObject(static () => new MissingProperty()) is { } property)
                        (missing ??= [.. refused]).Add(property);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reference is null ? null : new RetrievedObject(shape, values, reference, missing ?? refused);
    }

    private void ReadProperty(VimReader reader, object?[] values)
    {
        var index = -1;
        if (!reader.Enter())
            return;
        while (reader.NextChild())
        {
            switch (reader.Name)
            {
                case "name":
                    shape.TryIndexOf(reader.ReadString(), out index);
                    break;
                case "val" when index >= 0:
                    values[index] = reader.ReadAny();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
