using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary><c>wait</c>: for jobs, or until a signal is caught.</summary>
internal static class WaitBuiltin
{
    public static async Task<int> RunAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count == 1)
        {
            var all = Task.WhenAll(shell.Jobs.Values);
            if (!await WaitAsync(shell, all).ConfigureAwait(false))
                return Interrupted(shell);
            shell.Jobs.Clear();
            return 0;
        }

        var status = 0;
        foreach (var word in words.Skip(1))
        {
            var number = ShellNumber.Decimal(word.TrimStart('%'));
            if (number is null)
                throw new ShellFailureException($"wait: Illegal number: {word}");
            if (!shell.Jobs.TryGetValue((int)number.Value, out var job))
            {
                status = 127;
                continue;
            }

            if (!await WaitAsync(shell, job).ConfigureAwait(false))
                return Interrupted(shell);
            status = await job.ConfigureAwait(false);
        }

        return status;
    }

    private static async Task<bool> WaitAsync(AshShell shell, Task job)
    {
        var signal = shell.Process.CaughtSignal;
        return await Task.WhenAny(job, signal).WaitAsync(shell.Process.Token).ConfigureAwait(false) != signal;
    }

    private static int Interrupted(AshShell shell) => HostSignal.StatusBase + (shell.Traps.Keys.FirstOrDefault(signal => signal > 0) is var signal and > 0 ? signal : HostSignal.Terminate);
}
