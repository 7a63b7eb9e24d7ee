using System.Buffers;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>What a host sends, kept up to a limit and counted beyond it; told on as text while it comes, where a character may be cut between two pieces.</summary>
internal sealed class KeptOutput(int limit)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Bytes received, kept or not.</summary>
    internal long Received { get; private set; }

    internal bool Truncated => Received > limit;

    internal ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    internal string Text => Encoding.UTF8.GetString(_kept.WrittenSpan);

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        var room = (int)Math.Max(0, limit - Received);
        Received += bytes.Length;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    /// <summary>The next piece as text, continuing the one before.</summary>
    internal ReadOnlySpan<char> Decode(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        return characters.AsSpan(0, _decoder.GetChars(bytes, characters, flush: false));
    }
}
