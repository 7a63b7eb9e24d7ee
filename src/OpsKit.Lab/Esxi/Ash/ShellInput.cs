namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A shell that reads its commands from its input, byte by byte: what it leaves is its commands'.</summary>
internal static class ShellInput
{
    private const int MostText = 1024 * 1024;

    /// <summary>Runs a shell to its end.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="prompt">Called before each line, with whether it continues a command; null where nobody sits there.</param>
    /// <param name="taken">Hears of each command line before it is carried out.</param>
    public static Task<int> RunAsync(AshShell shell, Func<bool, Task>? prompt = null, Action<string>? taken = null) => ScriptRunner.ToEndAsync(shell, async () =>
    {
        var pending = "";
        while (shell.Flow == ShellFlow.Normal)
        {
            if (prompt is not null)
                await prompt(pending.Length > 0).ConfigureAwait(false);
            var line = await ReadLineAsync(shell).ConfigureAwait(false);
            pending += line;
            if (pending.Length == 0 || pending.Length > MostText)
                break;
            if (line is not null && IsIncomplete(pending))
                continue;
            taken?.Invoke(pending);
            var status = await RunAsync(shell, pending).ConfigureAwait(false);
            shell.Status = status.Status;
            pending = "";
            if (line is null || (status.Failed && prompt is null))
                break;
        }

        return shell.Status;
    });

    /// <summary>The next line with its end; null at the end.</summary>
    public static async Task<string?> ReadLineAsync(AshShell shell)
    {
        if (shell.Descriptors[0] is not { CanRead: true } input)
            return null;
        using var line = new MemoryStream();
        var one = new byte[1];
        while (line.Length < MostText && await input.ReadAsync(one, shell.Process.Token).ConfigureAwait(false) == 1)
        {
            line.WriteByte(one[0]);
            if (one[0] == (byte)'\n')
                break;
        }

        return line.Length == 0 ? null : ByteText.Of(line.GetBuffer().AsSpan(0, (int)line.Length));
    }

    private static async Task<(int Status, bool Failed)> RunAsync(AshShell shell, string text)
    {
        var failed = true;
        var status = await ScriptRunner.GuardedAsync(shell, async () =>
        {
            var result = await ScriptRunner.RunTextAsync(shell, text).ConfigureAwait(false);
            failed = false;
            return result;
        }).ConfigureAwait(false);
        return (status, failed);
    }

    private static bool IsIncomplete(string text)
    {
        try
        {
            var parser = new Parser(new ScriptText(text));
            while (parser.ParseLine() is not null)
            {
                // Looked at, not carried out.
            }

            return false;
        }
        catch (ShellSyntaxException e)
        {
            return e.Incomplete;
        }
    }
}
