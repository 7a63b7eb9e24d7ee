using System.Text;

namespace OpsKit.Vim25;

/// <summary>
/// Makes strings of UTF-8 text and hands out one string for equal short texts: inventories repeat the same states, paths and labels for
/// every object. A fixed-size table without chains, so that it can neither grow nor slow down on hostile input.
/// </summary>
internal sealed class StringPool
{
    /// <summary>Longer texts are rarely repeated.</summary>
    internal const int LongestPooled = 128;

    private const int Size = 1024;
    private readonly Entry<string>[] _strings = new Entry<string>[Size];
    private readonly Entry<ManagedObjectReference>[] _references = new Entry<ManagedObjectReference>[Size];

    internal string Get(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return "";
        if (text.Length > LongestPooled)
            return Encoding.UTF8.GetString(text);

        var key = Utf8Key.Of(text);
        ref var entry = ref _strings[(int)key.Hash & (Size - 1)];
        if (!entry.Has(key) || !IsSame(text, entry.Value!))
            entry.Set(key, Encoding.UTF8.GetString(text));
        return entry.Value!;
    }

    /// <summary>The same datastore, network or host is referred to by hundreds of objects.</summary>
    internal ManagedObjectReference GetReference(string type, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestPooled)
            return new ManagedObjectReference(type, Encoding.UTF8.GetString(value));

        var key = Utf8Key.Of(value);
        ref var entry = ref _references[(int)key.Hash & (Size - 1)];
        if (!entry.Has(key) || entry.Value!.Type != type || !IsSame(value, entry.Value.Value))
            entry.Set(key, new ManagedObjectReference(type, Encoding.UTF8.GetString(value)));
        return entry.Value!;
    }

    /// <summary>Whether texts of equal keys are equal.</summary>
    private static bool IsSame(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length <= Utf8Key.LongestExact)
            return true;
        if (utf8.Length == text.Length)
            return Ascii.Equals(utf8, text);
        Span<char> characters = stackalloc char[LongestPooled];
        return Encoding.UTF8.TryGetChars(utf8, characters, out var length) && characters[..length].SequenceEqual(text);
    }

    private struct Entry<T>
        where T : class
    {
        internal T? Value;
        private ulong _head;
        private ulong _tail;
        private int _length;

        internal readonly bool Has(in Utf8Key key) => _head == key.Head && _tail == key.Tail && _length == key.Length && Value is not null;

        internal void Set(in Utf8Key key, T value) => (_head, _tail, _length, Value) = (key.Head, key.Tail, key.Length, value);
    }
}
