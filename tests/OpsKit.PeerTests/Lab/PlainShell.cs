using System.Diagnostics;
using System.Text;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Lines;

namespace OpsKit.PeerTests.Lab;

/// <summary>An endpoint that runs commands with this machine's shell, so that what arrives there and comes back is a real program's.</summary>
internal sealed class PlainShell(string name, string? files) : IShellEndpoint
{
    private int _cancelled;

    public string Name => name;

    public string? FileSystemRoot => files;

    /// <summary>How many commands were ended because their client had gone.</summary>
    public int Cancelled => _cancelled;

    public bool Accepts(string user, string password) => false;

    public async Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/dash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        start.Environment["LAB_USER"] = user;
        using var process = Process.Start(start)!;
        try
        {
            _ = FeedAsync(process, input, cancellationToken);
            await Task.WhenAll(
                process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken), process.StandardError.BaseStream.CopyToAsync(error, cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return new ShellOutcome(process.ExitCode);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Interlocked.Increment(ref _cancelled);
            throw;
        }
    }

    public async Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken)
    {
        var typed = new TypedLines(input, output, TimeProvider.System);
        async Task SayAsync(string text) => await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

        await SayAsync($"Welcome to {name}\r\n{user}> ");
        while (await typed.ReadAsync(echo: true, cancellationToken) is { } line)
        {
            if (line == "exit")
                return new ShellOutcome(7);
            await SayAsync($"you said {line}\r\n{user}> ");
        }

        return new ShellOutcome(0);
    }

    private static async Task FeedAsync(Process process, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It ended without reading all of its input.
        }
    }
}
