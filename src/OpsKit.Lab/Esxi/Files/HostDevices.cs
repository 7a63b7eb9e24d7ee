using System.Security.Cryptography;
using OpsKit.Lab.Doors;

namespace OpsKit.Lab.Esxi.Files;

/// <summary>The few device files that scripts use.</summary>
internal static class HostDevices
{
    public static bool Is(string path) => ShellFiles.Canonical(path) is "/dev/null" or "/dev/zero" or "/dev/urandom" or "/dev/random";

    public static Stream Open(string path) => ShellFiles.Canonical(path) switch
    {
        "/dev/zero" => new EndlessStream(static buffer => buffer.Clear()),
        "/dev/null" => Stream.Null,
        _ => new EndlessStream(RandomNumberGenerator.Fill),
    };

    private delegate void Filler(Span<byte> buffer);

    private sealed class EndlessStream(Filler fill) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            fill(buffer);
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            // Taken and forgotten, as /dev/zero does.
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
