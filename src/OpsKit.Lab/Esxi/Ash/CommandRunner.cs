using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Carries simple commands out: assignments, built-ins, functions, programs.</summary>
internal sealed class CommandRunner(AshShell shell)
{
    private const int MostCalls = 256;

    public async Task<int> RunAsync(SimpleCommand command, bool last)
    {
        shell.Line = command.Line;
        shell.SubstitutionStatus = null;
        var words = await shell.Expander.ExpandAsync(command.Words).ConfigureAwait(false);
        if (shell.Options.Trace)
            await TraceAsync(command, words).ConfigureAwait(false);
        var redirected = shell.Descriptors;
        if (command.Redirections.Count > 0)
        {
            if (await shell.Redirector.ApplyAsync(command.Redirections).ConfigureAwait(false) is not { } applied)
                return words.Count > 0 && SpecialBuiltins.Find(words[0]) is not null && !shell.Options.Interactive ? Leave(1) : 1;
            redirected = applied;
        }

        if (redirected == shell.Descriptors)
            return await RunAsync(command, words, last).ConfigureAwait(false);
        var before = shell.Descriptors;
        shell.Descriptors = redirected;
        if (last || words is ["exec"])
        {
            // Nothing comes back to what was open: who waits for its end must not wait for this process.
            before.Dispose();
            return await RunAsync(command, words, last).ConfigureAwait(false);
        }

        try
        {
            return await RunAsync(command, words, last).ConfigureAwait(false);
        }
        finally
        {
            shell.RestoreDescriptors(before);
            redirected.Dispose();
        }
    }

    /// <summary>Runs a program by name or path.</summary>
    /// <param name="words">Its name and arguments.</param>
    /// <param name="environment">What it finds set.</param>
    /// <param name="replace">Whether it takes the shell's place instead of a process of its own.</param>
    public async Task<int> RunProgramAsync(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment, bool replace)
    {
        var found = ProgramRunner.Find(shell.System, words[0], shell.Variables["PATH"] ?? EsxiSystem.DefaultPath, shell.Folder);
        if (found.Path is not { } path)
        {
            await shell.ComplainAsync($"{words[0]}: {found.Reason}").ConfigureAwait(false);
            return found.Status;
        }

        if (replace)
        {
            shell.Process.Command = string.Join(' ', words);
            return await ProgramRunner.RunAsync(shell.System, shell.Process, shell.Descriptors, path, words, shell.Folder, environment).ConfigureAwait(false);
        }

        var process = Forks.StartProcess(shell, string.Join(' ', words), background: false);
        var descriptors = shell.Descriptors.Copy();
        var folder = shell.Folder;
        return await Forks.WaitAsync(shell, ProcessRun.RunAsync(process, descriptors, () => ProgramRunner.RunAsync(shell.System, process, descriptors, path, words, folder, environment))).ConfigureAwait(false);
    }

    /// <summary>Runs a function with positional parameters of its own.</summary>
    private async Task<int> CallAsync(Command body, IReadOnlyList<string> words)
    {
        if (shell.CallDepth >= MostCalls)
            throw new ShellFailureException("function calls nest too deeply");
        var (arguments, loops) = (shell.Arguments, shell.LoopDepth);
        shell.Arguments = [.. words.Skip(1)];
        shell.CallDepth++;
        shell.LoopDepth = 0;
        shell.Locals.Push([]);
        try
        {
            var status = await shell.Evaluator.RunAsync(body).ConfigureAwait(false);
            if (shell.Flow != ShellFlow.Return)
                return status;
            shell.Flow = ShellFlow.Normal;
            return shell.Status;
        }
        finally
        {
            foreach (var (name, hidden) in shell.Locals.Pop())
                shell.Variables.Restore(name, hidden);
            (shell.Arguments, shell.LoopDepth) = (arguments, loops);
            shell.CallDepth--;
        }
    }

    private async Task<int> RunAsync(SimpleCommand command, List<string> words, bool last)
    {
        if (words.Count == 0)
        {
            await AssignAsync(command.Assignments, null).ConfigureAwait(false);
            return shell.SubstitutionStatus ?? 0;
        }

        if (SpecialBuiltins.Find(words[0]) is { } special)
        {
            await AssignAsync(command.Assignments, null).ConfigureAwait(false);
            return await RunBuiltinAsync(special, words).ConfigureAwait(false);
        }

        if (command.Assignments.Count == 0)
            return await DispatchAsync(words, last).ConfigureAwait(false);
        var hidden = new Dictionary<string, ShellVariable?>(StringComparer.Ordinal);
        try
        {
            await AssignAsync(command.Assignments, hidden).ConfigureAwait(false);
            return await DispatchAsync(words, last).ConfigureAwait(false);
        }
        finally
        {
            foreach (var (name, variable) in hidden)
                shell.Variables.Restore(name, variable);
        }
    }

    private async Task<int> DispatchAsync(List<string> words, bool last)
    {
        if (shell.Functions.TryGetValue(words[0], out var function))
            return await CallAsync(function, words).ConfigureAwait(false);
        if (Builtins.Find(words[0]) is { } builtin)
            return await RunBuiltinAsync(builtin, words).ConfigureAwait(false);
        return await RunProgramAsync(words, shell.Variables.Environment, replace: last && shell.Traps.Values.All(action => action.Length == 0)).ConfigureAwait(false);
    }

    public async Task<int> RunBuiltinAsync(ShellBuiltin builtin, IReadOnlyList<string> words)
    {
        try
        {
            return await builtin(shell, words).ConfigureAwait(false);
        }
        catch (BrokenPipeException)
        {
            throw;
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            await shell.ComplainAsync($"write error: {HostFileException.ReasonOf(e)}").ConfigureAwait(false);
            return 1;
        }
    }

    private async Task AssignAsync(IReadOnlyList<Assignment> assignments, Dictionary<string, ShellVariable?>? hidden)
    {
        foreach (var assignment in assignments)
        {
            var value = await shell.Expander.ExpandToTextAsync(assignment.Value).ConfigureAwait(false);
            hidden?.TryAdd(assignment.Name, shell.Variables.Find(assignment.Name));
            shell.Variables.Set(assignment.Name, value);
            if (hidden is not null || shell.Options.ExportAll)
                shell.Variables.Export(assignment.Name);
        }
    }

    private async Task TraceAsync(SimpleCommand command, List<string> words)
    {
        var shown = new List<string>();
        foreach (var assignment in command.Assignments)
            shown.Add($"{assignment.Name}={ShellQuote.Of(await shell.Expander.ExpandToTextAsync(assignment.Value).ConfigureAwait(false), always: false)}");
        shown.AddRange(words.Select(word => ShellQuote.Of(word, always: false)));
        if (shell.Descriptors[2] is { CanWrite: true } error)
            await error.WriteAsync(ByteText.Bytes($"{shell.Variables["PS4"] ?? "+ "}{string.Join(' ', shown)}\n"), shell.Process.Token).ConfigureAwait(false);
    }

    private int Leave(int status)
    {
        shell.Flow = ShellFlow.Exit;
        return status;
    }
}
