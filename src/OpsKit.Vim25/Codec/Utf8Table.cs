namespace OpsKit.Vim25;

/// <summary>Something that is made of a UTF-8 text once and then found by it.</summary>
internal interface IUtf8Entry<TSelf>
    where TSelf : class, IUtf8Entry<TSelf>
{
    byte[] Utf8 { get; }

    /// <summary>Null where the text stands for nothing.</summary>
    static abstract TSelf? Create(ReadOnlySpan<byte> utf8);
}

/// <summary>
/// The names or types that a document uses, each made once. A schema has a few thousand; beyond that none are kept, so that no document can
/// fill the memory with them.
/// </summary>
internal sealed class Utf8Table<T>
    where T : class, IUtf8Entry<T>
{
    private const int MostKept = 4096;

    private Entry[] _entries = new Entry[256];
    private int _count;

    internal T? Get(ReadOnlySpan<byte> utf8)
    {
        var key = Utf8Key.Of(utf8);
        var entries = _entries;
        for (var slot = (int)key.Hash & (entries.Length - 1); ; slot = (slot + 1) & (entries.Length - 1))
        {
            ref var entry = ref entries[slot];
            if (entry.Value is null)
                return Add(utf8, key);
            if (entry.Key.Head == key.Head && entry.Key.Tail == key.Tail && entry.Key.Length == key.Length
                && (key.Length <= Utf8Key.LongestExact || utf8.SequenceEqual(entry.Value.Utf8)))
                return entry.Value;
        }
    }

    private T? Add(ReadOnlySpan<byte> utf8, Utf8Key key)
    {
        var value = T.Create(utf8);
        if (value is null || _count == MostKept)
            return value;
        if (++_count > _entries.Length / 2)
            Grow();
        Insert(_entries, new Entry(value, key));
        return value;
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 4];
        foreach (var entry in _entries)
        {
            if (entry.Value is not null)
                Insert(larger, entry);
        }

        _entries = larger;
    }

    private static void Insert(Entry[] entries, Entry entry)
    {
        var slot = (int)entry.Key.Hash & (entries.Length - 1);
        while (entries[slot].Value is not null)
            slot = (slot + 1) & (entries.Length - 1);
        entries[slot] = entry;
    }

    private readonly record struct Entry(T? Value, Utf8Key Key);
}
