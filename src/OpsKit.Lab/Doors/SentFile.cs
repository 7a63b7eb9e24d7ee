using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Doors;

/// <summary>A file that a client sends, with what goes wrong on its way: a full disk, a connection that breaks, damage.</summary>
/// <param name="file">The file, open for writing.</param>
/// <param name="fault">What goes wrong; null where it goes well.</param>
/// <param name="endpoint">The name of the thing that receives it.</param>
internal sealed class SentFile(FileStream file, Fault? fault, string endpoint) : IDisposable
{
    private bool _begun;

    public FileStream File => file;

    /// <summary>How late it is answered, in lab time.</summary>
    public TimeSpan Lateness => fault is { Kind: FaultKind.Slow } slow ? slow.Delay : TimeSpan.Zero;

    /// <summary>Writes a piece.</summary>
    /// <exception cref="IOException">The disk is full, on purpose or truly.</exception>
    /// <exception cref="ConnectionCutException">The connection is to break; half of the first piece was written.</exception>
    public void Write(long offset, ReadOnlySpan<byte> piece)
    {
        switch (fault?.Kind)
        {
            case FaultKind.DiskFull:
                throw new IOException("No space left on device");
            case FaultKind.Cut:
                RandomAccess.Write(file.SafeFileHandle, piece[..(piece.Length / 2)], offset);
                throw new ConnectionCutException(endpoint);
            case FaultKind.Garbled when !_begun && piece.Length > 0:
                var damaged = piece.ToArray();
                damaged[^1] ^= 0x15;
                piece = damaged;
                break;
        }

        _begun = true;
        RandomAccess.Write(file.SafeFileHandle, piece, offset);
    }

    public void Dispose() => file.Dispose();
}
