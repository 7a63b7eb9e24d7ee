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

    internal IReadOnlyList<T> ReadReturns<T>(ItemReader<T> read)
    {
        IReadOnlyList<T> values = [];
        if (!Enter())
            return values;
        while (NextChild())
        {
            if (Name == "returnval")
                values = ReadList(values, read);
            else
                Skip();
        }

        return values;
    }

    internal IReadOnlyList<T> ReadReturnsValues<T>(ValueReader<T> read)
        where T : struct
    {
        IReadOnlyList<T> values = [];
        if (!Enter())
            return values;
        while (NextChild())
        {
            if (Name == "returnval")
                values = ReadValues(values, read);
            else
                Skip();
        }

        return values;
    }
}
