namespace OpsKit.Vim25;

/// <content>What an operation returns: the <c>returnval</c> elements of its response element.</content>
public sealed partial class VimReader
{
    internal bool ReadNothing()
    {
        Skip();
        return true;
    }

    internal T? ReadReturn<T>(Func<VimReader, T?> read)
    {
        T? value = default;
        if (!Enter())
            return value;
        while (NextChild())
        {
            if (Name == "returnval")
                value = read(this);
            else
                Skip();
        }

        return value;
    }

    internal IReadOnlyList<T> ReadReturns<T>(Func<VimReader, T?> read)
        where T : class
    {
        var values = new List<T>();
        if (!Enter())
            return values;
        while (NextChild())
        {
            if (Name != "returnval")
                Skip();
            else if (read(this) is { } value)
                values.Add(value);
        }

        return values;
    }

    internal IReadOnlyList<T> ReadReturnsValues<T>(Func<VimReader, T?> read)
        where T : struct
    {
        var values = new List<T>();
        if (!Enter())
            return values;
        while (NextChild())
        {
            if (Name != "returnval")
                Skip();
            else if (read(this) is { } value)
                values.Add(value);
        }

        return values;
    }
}
