using System.Buffers;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>The output of a detached command as it comes in, piece by piece; a character may be cut between two.</summary>
internal sealed class DetachedOutput(int limit, Action<string>? onOutput)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Bytes received, kept or not.</summary>
    internal long Received { get; private set; }

    internal bool Truncated => Received > limit;

    internal string Text => Encoding.UTF8.GetString(_kept.WrittenSpan);

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var room = (int)Math.Max(0, limit - Received);
        Received += bytes.Length;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
        if (onOutput is null)
            return;
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        onOutput(new string(characters, 0, count));
    }
}
