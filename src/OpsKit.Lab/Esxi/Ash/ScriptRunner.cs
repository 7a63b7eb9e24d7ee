using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Runs scripts from their beginning to the shell's end.</summary>
internal static class ScriptRunner
{
    /// <summary>A whole shell: the script, then what <c>trap … EXIT</c> asked for.</summary>
    public static Task<int> RunAsync(AshShell shell, string script) => ToEndAsync(shell, () => RunTextAsync(shell, script));

    /// <summary>A copy of a shell, for one command.</summary>
    public static Task<int> RunForkedAsync(AshShell shell, Command body) => ToEndAsync(shell, () => shell.Evaluator.RunAsync(body, last: true));

    /// <summary>Commands in the shell that is there: <c>eval</c>, <c>.</c>, a script. What stands before a mistake is carried out.</summary>
    /// <exception cref="ShellFailureException">There is a mistake.</exception>
    public static async Task<int> RunTextAsync(AshShell shell, string script)
    {
        var parser = new Parser(new ScriptText(script));
        var status = 0;
        while (shell.Flow == ShellFlow.Normal)
        {
            Command? command;
            try
            {
                command = parser.ParseLine();
            }
            catch (ShellSyntaxException e)
            {
                shell.Line = e.Line;
                throw new ShellFailureException("syntax error: " + e.Message);
            }

            if (command is null)
                break;
            if (!shell.Options.NoExecute)
                status = await shell.Evaluator.RunAsync(command).ConfigureAwait(false);
        }

        return status;
    }

    /// <summary>A shell, from its first command to its last.</summary>
    public static async Task<int> ToEndAsync(AshShell shell, Func<Task<int>> body)
    {
        try
        {
            shell.Status = await GuardedAsync(shell, body).ConfigureAwait(false);
            if (!shell.Traps.Remove(0, out var action) || action.Length == 0)
                return shell.Status;
            var status = shell.Status;
            shell.Flow = ShellFlow.Normal;
            var last = await GuardedAsync(shell, () => RunTextAsync(shell, action)).ConfigureAwait(false);
            return shell.Flow == ShellFlow.Exit ? last : status;
        }
        finally
        {
            shell.Descriptors.Dispose();
        }
    }

    /// <summary>Carries something out; what ends the shell is said.</summary>
    public static async Task<int> GuardedAsync(AshShell shell, Func<Task<int>> body)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (ShellFailureException e)
        {
            if (e.Message.Length > 0)
                await shell.ComplainAsync(e.Message).ConfigureAwait(false);
            return e.Status;
        }
    }
}
