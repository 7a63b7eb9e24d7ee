using System.Diagnostics;
using System.Text;

namespace OpsKit.PeerTests.Lab;

/// <summary>A running <c>ssh</c> that is talked with; it is killed with this object.</summary>
internal sealed class SshDialogue : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _ahead = new();

    public SshDialogue(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ssh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
    }

    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads up to and with a text.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new char[4096];
        while (true)
        {
            var received = _ahead.ToString();
            if (received.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ahead.Remove(0, at + text.Length);
                return received[..(at + text.Length)];
            }

            var count = await _process.StandardOutput.ReadAsync(buffer, patience.Token);
            if (count == 0)
                throw new InvalidOperationException($"ssh ended before \"{text}\"; it said: {received}");
            _ahead.Append(buffer, 0, count);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit status.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
