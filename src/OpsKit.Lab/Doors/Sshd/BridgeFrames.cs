using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>The pieces that travel between the lab and a bridge: a letter, a length, bytes. One is written at a time.</summary>
internal sealed class BridgeFrames(Stream bridge) : IDisposable
{
    public const byte Input = (byte)'i';
    public const byte InputEnds = (byte)'e';
    public const byte Output = (byte)'o';
    public const byte Error = (byte)'r';
    public const byte Exit = (byte)'x';

    private const int HeadBytes = 1 + sizeof(int);
    private const int Longest = 16 * 1024 * 1024;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Reads a piece.</summary>
    /// <returns>Null where the other side has gone.</returns>
    public static async Task<(byte Kind, byte[] Bytes)?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        if (await stream.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeadBytes)
            return null;
        return (head[0], await ReadRestAsync(stream, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads a field: a length, bytes.</summary>
    public static async Task<string> ReadFieldAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(await ReadRestAsync(stream, BinaryPrimitives.ReadInt32BigEndian(length), cancellationToken).ConfigureAwait(false));
    }

    public static async Task WriteFieldAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        await stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    public async Task WriteAsync(byte kind, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var frame = new byte[HeadBytes + bytes.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame.AsMemory(HeadBytes));
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await bridge.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public Task ExitAsync(int status, CancellationToken cancellationToken) =>
        WriteAsync(Exit, Encoding.ASCII.GetBytes(status.ToString(CultureInfo.InvariantCulture)), cancellationToken);

    /// <summary>A stream whose bytes travel as pieces of a kind.</summary>
    public Stream Carrying(byte kind) => new Carrier(this, kind);

    public void Dispose() => _oneAtATime.Dispose();

    private static async Task<byte[]> ReadRestAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        if (length is < 0 or > Longest)
            throw new InvalidDataException($"a piece of {length} bytes is none of a bridge's");
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private sealed class Carrier(BridgeFrames frames, byte kind) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => frames.WriteAsync(kind, buffer.ToArray(), CancellationToken.None).GetAwaiter().GetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            buffer.IsEmpty ? ValueTask.CompletedTask : new ValueTask(frames.WriteAsync(kind, buffer, cancellationToken));
    }
}
