using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Terminals;

/// <summary>Somebody at a prompt.</summary>
internal static class InteractiveSession
{
    private const string Greeting = """
        The time and date of this login have been sent to the system logs.

        VMware offers supported, powerful system administration tools.  Please
        see www.vmware.com/go/sysadmintools for details.

        The ESXi Shell can be disabled by an administrative user. See the
        vSphere Security documentation for more information.

        """;

    public static async Task<int> RunAsync(EsxiSystem system, string user, Stream input, Stream output, CancellationToken session)
    {
        var process = system.Processes.Start(null, "-sh", session);
        using var terminal = new HostTerminal(input, output, () => Interrupt(system, process));
        using var descriptors = new Descriptors();
        for (var number = 0; number <= 2; number++)
            descriptors.Set(number, terminal.Open());
        var shell = LoginShell.Create(system, process, descriptors, user, "-sh");
        shell.Options = shell.Options with { Interactive = true };
        process.Catch(HostSignal.Interrupt);

        using var typed = CancellationTokenSource.CreateLinkedTokenSource(session);
        var typing = terminal.RunAsync(typed.Token);
        await terminal.ShowAsync(ByteText.Bytes(Greeting.ReplaceLineEndings("\n")), session).ConfigureAwait(false);
        var status = await ProcessRun.RunAsync(process, descriptors, () => ShellInput.RunAsync(
            shell,
            continues => terminal.ShowAsync(ByteText.Bytes(continues ? "> " : Prompt(system.Host, user, shell.Folder)), session),
            command => ShellJournal.Add(system, user, ByteText.Decode(command)))).ConfigureAwait(false);
        await typed.CancelAsync().ConfigureAwait(false);
        _ = typing.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return status;
    }

    /// <summary><c>[root@esx01:~] </c> since 6.0, <c>~ # </c> before.</summary>
    private static string Prompt(LabHost host, string user, string folder)
    {
        var shown = folder == "/" ? "~" : folder;
        return HostSettings.Major(host) >= 6 ? $"[{user}@{host.Name.Split('.')[0]}:{shown}] " : $"{shown} # ";
    }

    /// <summary>Ctrl-C ends what is in the foreground; the shell itself goes on.</summary>
    private static void Interrupt(EsxiSystem system, HostProcess shell)
    {
        foreach (var process in system.Processes.All.Where(process => process.Life == shell.Life))
            process.Signal(HostSignal.Interrupt);
    }
}
