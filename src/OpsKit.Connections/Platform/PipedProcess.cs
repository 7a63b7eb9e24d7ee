#pragma warning disable RS0030 // Part of the door to processes.
using System.Diagnostics;

namespace OpsKit.Connections.Platform;

/// <summary>A program that runs beside this process and is spoken to through pipes. Pipes that close tell it to end, also when this process is killed.</summary>
internal sealed class PipedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly TimeProvider _clock;

    public PipedProcess(Process process, TimeProvider clock)
    {
        _process = process;
        _clock = clock;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>What it reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it writes. Its standard error is read and dropped.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Closes its pipes, waits a moment for its end and kills it where that does not come.</summary>
    public async ValueTask DisposeAsync()
    {
        await Input.DisposeAsync().ConfigureAwait(false);
        await Output.DisposeAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(Grace, _clock);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
