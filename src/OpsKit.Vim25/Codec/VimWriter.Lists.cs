namespace OpsKit.Vim25;

/// <content>Repeated elements of the schema's simple types.</content>
public sealed partial class VimWriter
{
    internal void WriteStrings(string name, IReadOnlyList<string> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteString(name, value);
    }

    internal void WriteBinarys(string name, IReadOnlyList<byte[]> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteBinary(name, value);
    }

    internal void WriteAnys(string name, IReadOnlyList<object> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteAny(name, value);
    }

    internal void WriteBooleans(string name, IReadOnlyList<bool> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteBoolean(name, value);
    }

    internal void WriteInt32s(string name, IReadOnlyList<int> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteInt32(name, value);
    }

    internal void WriteInt64s(string name, IReadOnlyList<long> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteInt64(name, value);
    }

    internal void WriteInt16s(string name, IReadOnlyList<short> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteInt16(name, value);
    }

    internal void WriteSBytes(string name, IReadOnlyList<sbyte> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteSByte(name, value);
    }

    internal void WriteDoubles(string name, IReadOnlyList<double> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteDouble(name, value);
    }

    internal void WriteSingles(string name, IReadOnlyList<float> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteSingle(name, value);
    }

    internal void WriteDateTimes(string name, IReadOnlyList<DateTimeOffset> values, bool required = false)
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteDateTime(name, value);
    }

    internal void WriteEnums<TEnum>(string name, IReadOnlyList<TEnum> values, bool required = false)
        where TEnum : struct, IOpenEnumeration<TEnum>
    {
        Present(name, values.Count, required);
        foreach (var value in values)
            WriteEnum<TEnum>(name, value);
    }

    private void Present(string name, int count, bool required)
    {
        if (count == 0)
            Missing(name, required);
    }
}
