using System.Runtime.CompilerServices;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Carries commands out.</summary>
internal sealed class Evaluator
{
    private readonly AshShell _shell;
    private readonly CommandRunner _simple;
    private bool _inTrap;

    public Evaluator(AshShell shell)
    {
        _shell = shell;
        _simple = new CommandRunner(shell);
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="last">Whether nothing follows it in this process: a program takes the shell's place.</param>
    /// <returns>Its exit status, which is the shell's <c>$?</c> from then on.</returns>
    public async Task<int> RunAsync(Command command, bool last = false)
    {
        // Scripts may nest deeper than this machine's stack.
        if (_shell.Process.Meter.Add(1) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            await Task.Yield();
        _shell.Process.Token.ThrowIfCancellationRequested();
        if (_shell.Process.Meter.IsSpent)
            _shell.Process.Signal(HostSignal.Xcpu);

        var status = command switch
        {
            SimpleCommand simple => await _simple.RunAsync(simple, last).ConfigureAwait(false),
            PipelineCommand pipeline => await RunPipelineAsync(pipeline).ConfigureAwait(false),
            AndOrCommand andOr => await RunAndOrAsync(andOr).ConfigureAwait(false),
            ListCommand list => await RunListAsync(list).ConfigureAwait(false),
            GroupCommand group => await RunAsync(group.Body).ConfigureAwait(false),
            SubshellCommand subshell => await RunSubshellAsync(subshell, last).ConfigureAwait(false),
            IfCommand choice => await RunIfAsync(choice).ConfigureAwait(false),
            LoopCommand loop => await RunLoopAsync(loop).ConfigureAwait(false),
            ForCommand loop => await RunForAsync(loop).ConfigureAwait(false),
            CaseCommand choice => await RunCaseAsync(choice).ConfigureAwait(false),
            FunctionCommand function => Define(function),
            RedirectedCommand redirected => await RunRedirectedAsync(redirected, last).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of the shell"),
        };
        _shell.Status = status;
        await RunTrapsAsync().ConfigureAwait(false);
        if (status != 0 && _shell.Options.StopOnError && _shell.TestedDepth == 0 && command is SimpleCommand or SubshellCommand or PipelineCommand { Negated: false } or RedirectedCommand && _shell.Flow == ShellFlow.Normal)
            _shell.Flow = ShellFlow.Exit;
        return _shell.Status;
    }

    private async Task<int> RunPipelineAsync(PipelineCommand pipeline)
    {
        if (pipeline.Parts.Count == 1)
            return Negate(pipeline, await TestedAsync(pipeline.Parts[0]).ConfigureAwait(false));
        var running = StartPipeline(pipeline, _shell.Descriptors[0]?.Share(), background: false).Select(part => part.Running).ToList();
        var statuses = await Task.WhenAll(running).WaitAsync(_shell.Process.Token).ConfigureAwait(false);
        var status = _shell.Options.PipeFail ? statuses.LastOrDefault(one => one != 0) : statuses[^1];
        return Negate(pipeline, status);
    }

    private static int Negate(PipelineCommand pipeline, int status) => !pipeline.Negated ? status : status == 0 ? 1 : 0;

    private List<(int Pid, Task<int> Running)> StartPipeline(PipelineCommand pipeline, OpenFile? input, bool background)
    {
        var running = new List<(int, Task<int>)>();
        for (var i = 0; i < pipeline.Parts.Count; i++)
        {
            var descriptors = _shell.Descriptors.Copy();
            if (input is not null)
                descriptors.Set(0, input);
            OpenFile? reader = null;
            if (i + 1 < pipeline.Parts.Count)
            {
                (reader, var writer) = HostPipe.Create();
                descriptors.Set(1, writer);
            }

            try
            {
                running.Add(Forks.Start(_shell, pipeline.Parts[i], descriptors, background));
            }
            catch
            {
                reader?.Release();
                throw;
            }

            input = reader;
        }

        return running;
    }

    private async Task<int> RunAndOrAsync(AndOrCommand andOr)
    {
        var status = await TestedAsync(andOr.First).ConfigureAwait(false);
        for (var i = 0; i < andOr.Rest.Count && _shell.Flow == ShellFlow.Normal; i++)
        {
            var (and, next) = andOr.Rest[i];
            if (status == 0 != and)
                continue;
            status = i == andOr.Rest.Count - 1 ? await RunAsync(next).ConfigureAwait(false) : await TestedAsync(next).ConfigureAwait(false);
        }

        return status;
    }

    private async Task<int> RunListAsync(ListCommand list)
    {
        var status = 0;
        foreach (var (command, background) in list.Items)
        {
            if (_shell.Flow != ShellFlow.Normal)
                break;
            status = background ? StartJob(command) : await RunAsync(command).ConfigureAwait(false);
        }

        return status;
    }

    /// <summary>Starts a job; it reads nothing where nobody can talk to it.</summary>
    private int StartJob(Command command)
    {
        var input = _shell.Options.Interactive ? null : OpenFile.Nothing();
        List<(int Pid, Task<int> Running)> parts;
        if (command is PipelineCommand { Negated: false } pipeline)
        {
            parts = StartPipeline(pipeline, input, background: true);
        }
        else
        {
            var descriptors = _shell.Descriptors.Copy();
            if (input is not null)
                descriptors.Set(0, input);
            parts = [Forks.Start(_shell, command, descriptors, background: true)];
        }

        var (pid, last) = parts[^1];
        _shell.LastBackground = pid;
        _shell.Jobs[pid] = last;
        _shell.Status = 0;
        return 0;
    }

    private async Task<int> RunSubshellAsync(SubshellCommand subshell, bool last) =>
        last && _shell.Traps.Count == 0
            ? await RunAsync(subshell.Body, last: true).ConfigureAwait(false)
            : await Forks.RunAsync(_shell, subshell.Body, _shell.Descriptors.Copy()).ConfigureAwait(false);

    private async Task<int> RunIfAsync(IfCommand choice)
    {
        foreach (var (condition, body) in choice.Branches)
        {
            var status = await TestedAsync(condition).ConfigureAwait(false);
            if (_shell.Flow != ShellFlow.Normal)
                return status;
            if (status == 0)
                return await RunAsync(body).ConfigureAwait(false);
        }

        return choice.Else is { } otherwise ? await RunAsync(otherwise).ConfigureAwait(false) : 0;
    }

    private async Task<int> RunLoopAsync(LoopCommand loop)
    {
        var status = 0;
        _shell.LoopDepth++;
        while (true)
        {
            var condition = await TestedAsync(loop.Condition).ConfigureAwait(false);
            if (_shell.Flow == ShellFlow.Normal)
            {
                if (condition == 0 == loop.Until)
                    break;
                status = await RunAsync(loop.Body).ConfigureAwait(false);
            }

            if (LeavesLoop())
                break;
        }

        _shell.LoopDepth--;
        return _shell.Flow == ShellFlow.Normal ? status : _shell.Status;
    }

    private async Task<int> RunForAsync(ForCommand loop)
    {
        var values = loop.Words is { } words ? await _shell.Expander.ExpandAsync(words).ConfigureAwait(false) : [.. _shell.Arguments];
        var status = 0;
        _shell.LoopDepth++;
        foreach (var value in values)
        {
            _shell.Variables.Set(loop.Name, value);
            status = await RunAsync(loop.Body).ConfigureAwait(false);
            if (LeavesLoop())
                break;
        }

        _shell.LoopDepth--;
        return status;
    }

    /// <summary>Whether a loop is left after a round of it.</summary>
    private bool LeavesLoop()
    {
        if (_shell.Flow is ShellFlow.Normal)
            return false;
        if (_shell.Flow is ShellFlow.Return or ShellFlow.Exit || --_shell.FlowLevels > 0)
            return true;
        var leaves = _shell.Flow == ShellFlow.Break;
        _shell.Flow = ShellFlow.Normal;
        return leaves;
    }

    private async Task<int> RunCaseAsync(CaseCommand choice)
    {
        var subject = await _shell.Expander.ExpandToTextAsync(choice.Subject).ConfigureAwait(false);
        foreach (var (patterns, body) in choice.Items)
        {
            foreach (var pattern in patterns)
            {
                if (new ShellPattern(await _shell.Expander.ExpandToPatternAsync(pattern).ConfigureAwait(false)).IsMatch(subject))
                    return body is null ? 0 : await RunAsync(body).ConfigureAwait(false);
            }
        }

        return 0;
    }

    private int Define(FunctionCommand function)
    {
        _shell.Functions[function.Name] = function.Body;
        return 0;
    }

    private async Task<int> RunRedirectedAsync(RedirectedCommand command, bool last)
    {
        if (await _shell.Redirector.ApplyAsync(command.Redirections).ConfigureAwait(false) is not { } redirected)
            return 1;
        var before = _shell.Descriptors;
        _shell.Descriptors = redirected;
        if (last)
        {
            before.Dispose();
            return await RunAsync(command.Body, last).ConfigureAwait(false);
        }

        try
        {
            return await RunAsync(command.Body).ConfigureAwait(false);
        }
        finally
        {
            _shell.RestoreDescriptors(before);
            redirected.Dispose();
        }
    }

    private async Task<int> TestedAsync(Command command)
    {
        _shell.TestedDepth++;
        try
        {
            return await RunAsync(command).ConfigureAwait(false);
        }
        finally
        {
            _shell.TestedDepth--;
        }
    }

    /// <summary>Runs what <c>trap</c> asked for at signals that came meanwhile.</summary>
    private async Task RunTrapsAsync()
    {
        while (!_inTrap && _shell.Process.TakePending() is { } signal)
        {
            _shell.Process.Meter.Add(WorkMeter.ForkCost);
            if (!_shell.Traps.TryGetValue(signal, out var action) || action.Length == 0)
            {
                // Ctrl-C at a prompt: what was going on is given up.
                if (signal == HostSignal.Interrupt && _shell.Options.Interactive)
                    throw new ShellFailureException("", HostSignal.StatusBase + HostSignal.Interrupt);
                continue;
            }

            var status = _shell.Status;
            _inTrap = true;
            await ScriptRunner.RunTextAsync(_shell, action).ConfigureAwait(false);
            _inTrap = false;
            if (_shell.Flow != ShellFlow.Exit)
                _shell.Status = status;
        }
    }
}
