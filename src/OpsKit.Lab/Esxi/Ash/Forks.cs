using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Copies of a shell that run commands in processes of their own.</summary>
internal static class Forks
{
    /// <summary>Runs commands in a copy and waits for it.</summary>
    public static async Task<int> RunAsync(AshShell shell, Command body, Descriptors descriptors)
    {
        var (_, running) = Start(shell, body, descriptors, background: false);
        return await WaitAsync(shell, running).ConfigureAwait(false);
    }

    /// <summary>Starts commands in a copy.</summary>
    /// <param name="shell">What is copied.</param>
    /// <param name="body">The commands.</param>
    /// <param name="descriptors">The copy's own.</param>
    /// <param name="background">Whether it outlives the session.</param>
    public static (int Pid, Task<int> Running) Start(AshShell shell, Command body, Descriptors descriptors, bool background)
    {
        HostProcess process;
        try
        {
            process = StartProcess(shell, shell.Process.Command, background);
        }
        catch
        {
            descriptors.Dispose();
            throw;
        }

        var child = shell.Fork(process, descriptors);
        var pid = process.Pid;
        return (pid, Task.Run(() => ProcessRun.RunAsync(process, descriptors, () => ScriptRunner.RunForkedAsync(child, body))));
    }

    /// <summary>A new process under the shell.</summary>
    /// <exception cref="ShellFailureException">There are too many.</exception>
    public static HostProcess StartProcess(AshShell shell, string command, bool background)
    {
        try
        {
            return shell.System.Processes.Start(shell.Process, command, background || shell.Process.Ignores(HostSignal.Hangup) ? default : shell.Process.Life);
        }
        catch (HostFileException e)
        {
            throw new ShellFailureException($"can't fork: {e.Message}");
        }
    }

    /// <summary>Waits for a child; one that was ended by a signal goes on waiting for nothing.</summary>
    public static Task<int> WaitAsync(AshShell shell, Task<int> running) => running.WaitAsync(shell.Process.Token);
}
