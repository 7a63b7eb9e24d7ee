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

    /// <summary>Gives without end; what is written is taken and forgotten.</summary>
    private sealed class EndlessStream(Filler fill) : FlowStream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fill(buffer.Span);
            return ValueTask.FromResult(buffer.Length);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
