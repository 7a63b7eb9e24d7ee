#pragma warning disable RS0030 // This is the door to processes.
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OpsKit.Connections.Platform;

/// <summary>The one door to child processes. Output is bounded, time is bounded, and a cancelled process is killed with its children.</summary>
public sealed class ProcessRunner
{
    private readonly TimeProvider _clock;

    /// <summary>Creates a runner.</summary>
    public ProcessRunner(TimeProvider clock) => _clock = clock;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="OpsKitException">It cannot be started, or did not end in time (<see cref="FailureKind.Failed"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the process is gone.</exception>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var process = Begin(request);
        using var deadline = new CancellationTokenSource(request.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var output = ReadAsync(process.StandardOutput, request, either.Token);
            var error = ReadAsync(process.StandardError, request, either.Token);
            await FeedAsync(process.StandardInput, request.Input, either.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return new ProcessResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new OpsKitException(FailureKind.Failed, $"did not end within {request.Timeout.TotalSeconds:0} s and was killed", request.FileName);
        }
    }

    /// <summary>Starts a program that runs beside this process.</summary>
    /// <exception cref="OpsKitException">It cannot be started (<see cref="FailureKind.Failed"/>).</exception>
    internal PipedProcess Start(ProcessRequest request) => new(Begin(request), _clock);

    private static Process Begin(ProcessRequest request)
    {
        var process = new Process { StartInfo = StartInfo(request) };
        try
        {
            process.Start();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            process.Dispose();
            throw new OpsKitException(FailureKind.Failed, $"cannot be started: {e.Message}", request.FileName, innerException: e);
        }
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var info = new ProcessStartInfo(request.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (request.WorkingDirectory is not null)
            info.WorkingDirectory = request.WorkingDirectory;
        foreach (var argument in request.Arguments)
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in request.Environment)
            info.Environment[name] = value;
        return info;
    }

    private static async Task FeedAsync(StreamWriter input, string? text, CancellationToken cancellationToken)
    {
        try
        {
            if (text is not null)
                await input.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of its input; its exit code tells what it thought of it.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, ProcessRequest request, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (true)
        {
            var read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return text.ToString();
            text.Append(buffer, 0, Math.Min(read, Math.Max(0, request.OutputLimit - text.Length)));
        }
    }
}
