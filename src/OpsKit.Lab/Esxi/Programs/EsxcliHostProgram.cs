using OpsKit.Lab.Esxi.Esxcli;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>esxcli</c> and <c>localcli</c>. What they began goes on when nobody waits for it any more: a lost connection stops no installation.</summary>
internal sealed class EsxcliHostProgram(string path, EsxcliProgram program) : IHostProgram
{
    public string Path => path;

    public Task<int> RunAsync(HostCall call)
    {
        var output = new DeafStream(call.Output);
        return Task.Run(() => program.RunAsync(call.Arguments, output, call.System.Processes.HostEnds)).WaitAsync(call.CancellationToken);
    }

    /// <summary>An output that nobody may be reading any more.</summary>
    private sealed class DeafStream(Stream stream) : FlowStream
    {
        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BrokenPipeException or ObjectDisposedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Its work is done all the same.
            }
        }
    }
}
