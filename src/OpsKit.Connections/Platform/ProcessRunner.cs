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
        using var talk = request.Converse is { } converse ? new ProcessTalk(process.StandardInput, converse) : null;
        using var deadline = new CancellationTokenSource(request.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            request.Started?.Invoke(process.Id);
            var output = ReadAsync(process.StandardOutput, request, talk, either.Token);
            var error = ReadAsync(process.StandardError, request, talk, either.Token);
            await FeedAsync(process.StandardInput, request.Input, close: talk is null, either.Token).ConfigureAwait(false);
            await foreach (var ended in Task.WhenEach(output, error, process.WaitForExitAsync(either.Token)).ConfigureAwait(false))
                await ended.ConfigureAwait(false);
            return new ProcessResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new OpsKitException(FailureKind.Failed, $"did not end within {request.Timeout.TotalSeconds:0} s and was killed", request.FileName);
        }
        catch
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Whether a process of an id runs whose program's name, or what it was started with, holds a word. Where that cannot be told, it counts as running.</summary>
    /// <param name="id">The process's id.</param>
    /// <param name="word">The word, such as <c>vcsu</c>: ids are used again.</param>
    public static bool IsRunning(int id, string word)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            if (process.HasExited)
                return false;
            var line = $"/proc/{id}/cmdline";
            return process.ProcessName.Contains(word, StringComparison.OrdinalIgnoreCase)
                || (OperatingSystem.IsLinux() && File.Exists(line) && File.ReadAllText(line).Contains(word, StringComparison.OrdinalIgnoreCase));
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return true;
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

    private static async Task FeedAsync(StreamWriter input, string? text, bool close, CancellationToken cancellationToken)
    {
        try
        {
            if (text is not null)
                await input.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
            if (close)
                input.Close();
            else
                await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The program ended without reading all of its input; its exit code tells what it thought of it.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, ProcessRequest request, ProcessTalk? talk, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (true)
        {
            var read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return text.ToString();
            talk?.Hear(new string(buffer, 0, read));
            text.Append(buffer, 0, Math.Min(read, Math.Max(0, request.OutputLimit - text.Length)));
        }
    }
}
