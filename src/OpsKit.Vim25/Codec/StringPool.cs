namespace OpsKit.Vim25;

/// <summary>
/// Hands out one string for equal short texts: inventories repeat the same states, paths and labels for every object. A fixed-size
/// table without chains, so that it can neither grow nor slow down on hostile input.
/// </summary>
internal sealed class StringPool
{
    /// <summary>Longer texts are rarely repeated.</summary>
    internal const int LongestPooled = 64;

    private const int Size = 4096;
    private readonly string?[] _entries = new string?[Size];

    internal string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "";
        if (text.Length > LongestPooled)
            return new string(text);

        ref var entry = ref _entries[Hash(text) & (Size - 1)];
        if (entry is not null && text.SequenceEqual(entry))
            return entry;
        return entry = new string(text);
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
        var hash = 5381u + (uint)text.Length;
        foreach (var c in text)
            hash = (hash * 33) ^ c;
        return (int)(hash ^ (hash >> 15));
    }
}
