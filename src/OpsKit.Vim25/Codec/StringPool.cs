using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpsKit.Vim25;

/// <summary>
/// Hands out one string for equal short texts: inventories repeat the same states, paths and labels for every object. A fixed-size
/// table without chains, so that it can neither grow nor slow down on hostile input.
/// </summary>
internal sealed class StringPool
{
    /// <summary>Longer texts are rarely repeated.</summary>
    internal const int LongestPooled = 64;

    private const int Size = 2048;
    private readonly string?[] _entries = new string?[Size];
    private readonly ManagedObjectReference?[] _references = new ManagedObjectReference?[Size];

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

    /// <summary>The same datastore, network or host is referred to by hundreds of objects.</summary>
    internal ManagedObjectReference GetReference(string type, ReadOnlySpan<char> value)
    {
        ref var entry = ref _references[Hash(value) & (Size - 1)];
        if (entry is not null && value.SequenceEqual(entry.Value) && entry.Type == type)
            return entry;
        return entry = new ManagedObjectReference(type, new string(value));
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var bytes = MemoryMarshal.AsBytes(text);
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier;
        foreach (var rest in bytes)
            hash = (hash ^ rest) * Multiplier;
        return (int)(hash >> 40);
    }
}
