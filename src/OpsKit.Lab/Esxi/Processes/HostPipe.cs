using System.IO.Pipelines;

namespace OpsKit.Lab.Esxi.Processes;

/// <summary>A pipe between two processes of a host: it fills up, ends when nobody writes, and breaks when nobody reads.</summary>
internal static class HostPipe
{
    private const int Capacity = 64 * 1024;

    public static (OpenFile Reader, OpenFile Writer) Create()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: Capacity, resumeWriterThreshold: Capacity / 2, useSynchronizationContext: false));
        return (new OpenFile(pipe.Reader.AsStream()), new OpenFile(new WritingEnd(pipe.Writer)));
    }

    private sealed class WritingEnd(PipeWriter writer) : FlowStream
    {
        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return;
            var result = await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (result.IsCompleted)
                throw new BrokenPipeException();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                writer.Complete();
            base.Dispose(disposing);
        }
    }
}
