using System.IO.Pipelines;
using OpsKit.Connections.Ssh;

namespace OpsKit.Lab.Doors.InProcess;

/// <summary>An interactive shell in this process.</summary>
internal sealed class LabShellChannel : IShellChannel
{
    private readonly CancellationTokenSource _closed;
    private readonly Pipe _input = new();
    private readonly Stream _writer;
    private readonly Lock _gate = new();
    private readonly MemoryStream _early = new();
    private readonly Task _running;
    private Action<ReadOnlySpan<byte>>? _received;

    public LabShellChannel(LabShell shell, ShellDoors doors, string user, CancellationToken sessionEnds)
    {
        _closed = CancellationTokenSource.CreateLinkedTokenSource(sessionEnds);
        _writer = _input.Writer.AsStream();
        _running = Task.Run(() => doors.OpenAsync(shell, user, _input.Reader.AsStream(), new TellingStream(Tell), _closed.Token));
    }

    public void Listen(Action<ReadOnlySpan<byte>> received, Action<Exception> ended)
    {
        lock (_gate)
        {
            received(_early.ToArray());
            _received = received;
        }

        _ = _running.ContinueWith(
            done => ended(done.Exception?.InnerException ?? new IOException("the other side closed it")), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public void Write(byte[] bytes)
    {
        _writer.Write(bytes);
        _writer.Flush();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    private void Tell(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_received is { } received)
                received(bytes);
            else
                _early.Write(bytes);
        }
    }
}
