namespace OpsKit.Lab.Esxi.Processes;

/// <summary>What a program reads from or writes to: a descriptor of its process, as long as that lives. What it writes is work of its.</summary>
internal sealed class DescriptorStream(OpenFile? file, HostProcess process) : FlowStream
{
    public override bool CanRead => file?.CanRead == true;

    public override bool CanWrite => file?.CanWrite == true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Open().ReadAsync(buffer, process.Token);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        process.Meter.Add(1 + (buffer.Length / WorkMeter.BytesOfWork));
        if (process.Meter.IsSpent)
            process.Signal(HostSignal.Xcpu);
        return Open().WriteAsync(buffer, process.Token);
    }

    private OpenFile Open() => file ?? throw new IOException("Bad file descriptor");
}
