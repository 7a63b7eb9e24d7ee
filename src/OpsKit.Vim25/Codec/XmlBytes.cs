using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpsKit.Vim25;

/// <summary>Searches in a buffer whose data ends in a zero byte and that has room for one vector more behind it: no search needs a bound.</summary>
internal static class XmlBytes
{
    /// <summary>What a buffer must have behind its data.</summary>
    internal const int Padding = 32;

    internal interface ISet
    {
        static abstract Vector128<byte> Matches(Vector128<byte> bytes);
    }

    /// <summary>The first place at or behind <paramref name="start"/> with a byte of the set. Each set holds the zero byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Find<TSet>(byte[] buffer, int start)
        where TSet : ISet
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(buffer);
        while (true)
        {
            var matches = TSet.Matches(Vector128.LoadUnsafe(ref first, (nuint)start)).ExtractMostSignificantBits();
            if (matches != 0)
                return start + BitOperations.TrailingZeroCount(matches);
            start += Vector128<byte>.Count;
        }
    }

    internal static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && text[0] <= ' ')
            text = text[1..];
        while (text.Length > 0 && text[^1] <= ' ')
            text = text[..^1];
        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Is(Vector128<byte> bytes, char c) => Vector128.Equals(bytes, Vector128.Create((byte)c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> IsControl(Vector128<byte> bytes) => Vector128.LessThan(bytes, Vector128.Create((byte)' '));

    /// <summary>Whatever is not a printable ASCII character that stands for itself in a text.</summary>
    internal readonly struct NotPlain : ISet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Matches(Vector128<byte> bytes) =>
            Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | Is(bytes, '<') | Is(bytes, '&') | Is(bytes, ']');
    }

    /// <summary>What ends a run of text: markup, and characters that are not taken as they are.</summary>
    internal readonly struct TextStop : ISet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Matches(Vector128<byte> bytes) =>
            Vector128.AndNot(IsControl(bytes), Is(bytes, '\t') | Is(bytes, '\n')) | Is(bytes, '<') | Is(bytes, '&') | Is(bytes, ']');
    }

    internal readonly struct AttributeStop : ISet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Matches(Vector128<byte> bytes) =>
            IsControl(bytes) | Is(bytes, '"') | Is(bytes, '\'') | Is(bytes, '<') | Is(bytes, '&');
    }

    internal readonly struct NameStop : ISet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Matches(Vector128<byte> bytes) =>
            Vector128.LessThanOrEqual(bytes, Vector128.Create((byte)' ')) | Is(bytes, '>') | Is(bytes, '/') | Is(bytes, '=') | Is(bytes, '?');
    }

    /// <summary>What may end a comment, a processing instruction or a CDATA section, and control characters.</summary>
    internal readonly struct SectionStop : ISet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Matches(Vector128<byte> bytes) =>
            Vector128.AndNot(IsControl(bytes), Is(bytes, '\t') | Is(bytes, '\n')) | Is(bytes, '-') | Is(bytes, '?') | Is(bytes, ']');
    }
}
