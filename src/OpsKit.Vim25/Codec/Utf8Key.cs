using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpsKit.Vim25;

/// <summary>What a UTF-8 text is looked up by. Texts of at most 16 bytes are equal when their keys are; of longer ones the middle is only in the hash.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Utf8Key(ulong Head, ulong Tail, int Length, ulong Hash)
{
    /// <summary>The longest text that its key tells apart from all others.</summary>
    internal const int LongestExact = 16;

    private const ulong FirstMultiplier = 0x9E3779B97F4A7C15;
    private const ulong SecondMultiplier = 0xD6E8FEB86659FD93;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Utf8Key Of(ReadOnlySpan<byte> text)
    {
        ulong head, tail = 0;
        if (text.Length >= 8)
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(text);
            tail = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
        }
        else if (text.Length >= 4)
        {
            head = BinaryPrimitives.ReadUInt32LittleEndian(text) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]) << 32);
        }
        else
        {
            head = text.IsEmpty ? 0UL : text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16);
        }

        var hash = Mix(head ^ (ulong)text.Length ^ FirstMultiplier, tail ^ SecondMultiplier);
        for (var i = 8; i < text.Length - 8; i += 8)
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text[i..]), FirstMultiplier);
        return new Utf8Key(head, tail, text.Length, hash);
    }

    private static ulong Mix(ulong left, ulong right) => Math.BigMul(left, right, out var low) ^ low;
}
