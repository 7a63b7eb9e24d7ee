using System.Globalization;
using System.Text;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Built-ins that assignments before them outlast, and whose mistakes end a script.</summary>
internal static class SpecialBuiltins
{
    private static readonly Dictionary<string, ShellBuiltin> All = new(StringComparer.Ordinal)
    {
        [":"] = static (_, _) => Task.FromResult(0),
        ["."] = SourceAsync,
        ["source"] = SourceAsync,
        ["break"] = (shell, words) => Task.FromResult(Loop(shell, words, ShellFlow.Break)),
        ["continue"] = (shell, words) => Task.FromResult(Loop(shell, words, ShellFlow.Continue)),
        ["eval"] = static (shell, words) => ScriptRunner.RunTextAsync(shell, string.Join(' ', words.Skip(1))),
        ["exec"] = ExecAsync,
        ["exit"] = (shell, words) => Task.FromResult(Exit(shell, words, ShellFlow.Exit)),
        ["return"] = (shell, words) => Task.FromResult(Exit(shell, words, ShellFlow.Return)),
        ["export"] = (shell, words) => DeclareAsync(shell, words, shell.Variables.Export, variable => variable.Exported),
        ["readonly"] = (shell, words) => DeclareAsync(shell, words, shell.Variables.MakeReadOnly, variable => variable.ReadOnly),
        ["set"] = SetAsync,
        ["shift"] = (shell, words) => Task.FromResult(Shift(shell, words)),
        ["times"] = static async (shell, _) => await WrittenAsync(shell, "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n").ConfigureAwait(false),
        ["trap"] = TrapAsync,
        ["unset"] = (shell, words) => Task.FromResult(Unset(shell, words)),
    };

    public static ShellBuiltin? Find(string name) => All.GetValueOrDefault(name);

    private static async Task<int> SourceAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count < 2)
            throw new ShellFailureException(".: filename argument required");
        string script;
        try
        {
            var path = words[1].Contains('/', StringComparison.Ordinal) ? null : (shell.Variables["PATH"] ?? "").Split(':').Select(folder => folder + "/" + words[1]).FirstOrDefault(path => shell.System.Files.Find(shell.PathOf(path)) is { IsFolder: false });
            script = await ProgramRunner.ReadAsync(shell.System, shell.PathOf(path ?? words[1]), shell.Process.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            throw new ShellFailureException($"can't open '{words[1]}': {HostFileException.ReasonOf(e)}");
        }

        if (++shell.CallDepth > 100)
            throw new ShellFailureException("files nest too deeply");
        var arguments = shell.Arguments;
        if (words.Count > 2)
            shell.Arguments = [.. words.Skip(2)];
        var status = await ScriptRunner.RunTextAsync(shell, script).ConfigureAwait(false);
        shell.CallDepth--;
        if (words.Count > 2)
            shell.Arguments = arguments;
        if (shell.Flow != ShellFlow.Return)
            return status;
        shell.Flow = ShellFlow.Normal;
        return shell.Status;
    }

    private static int Loop(AshShell shell, IReadOnlyList<string> words, ShellFlow flow)
    {
        var levels = words.Count > 1 ? Number(words[1]) : 1;
        if (shell.LoopDepth > 0 && levels > 0)
        {
            shell.FlowLevels = Math.Min(levels, shell.LoopDepth);
            shell.Flow = flow;
        }

        return 0;
    }

    private static int Exit(AshShell shell, IReadOnlyList<string> words, ShellFlow flow)
    {
        var status = words.Count > 1 ? Number(words[1]) : shell.Status;
        shell.Flow = flow == ShellFlow.Return && shell.CallDepth == 0 ? ShellFlow.Exit : flow;
        shell.Status = status & 0xff;
        return shell.Status;
    }

    private static async Task<int> ExecAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count == 1)
            return 0;
        var status = await new CommandRunner(shell).RunProgramAsync([.. words.Skip(1)], shell.Variables.Environment, replace: true).ConfigureAwait(false);
        shell.Flow = ShellFlow.Exit;
        // What took the shell's place knows nothing of its traps.
        shell.Traps.Remove(0);
        return status;
    }

    private static async Task<int> DeclareAsync(AshShell shell, IReadOnlyList<string> words, Action<string> mark, Func<ShellVariable, bool> marked)
    {
        var names = words.Skip(1).Where(word => word != "-p").ToList();
        if (names.Count == 0)
        {
            var lines = shell.Variables.All.Where(pair => marked(pair.Value)).Select(pair => $"{words[0]} {pair.Key}{(pair.Value.Value is { } value ? "=" + ShellQuote.Of(value) : "")}\n");
            return await WrittenAsync(shell, string.Concat(lines)).ConfigureAwait(false);
        }

        if (names[0] == "-n")
        {
            foreach (var name in names.Skip(1))
                shell.Variables.Unexport(name);
            return 0;
        }

        foreach (var word in names)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (!ShellNames.IsName(name))
                throw new ShellFailureException($"{words[0]}: {word}: bad variable name");
            if (equals >= 0)
                shell.Variables.Set(name, word[(equals + 1)..]);
            mark(name);
        }

        return 0;
    }

    private static async Task<int> SetAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count == 1)
            return await WrittenAsync(shell, string.Concat(shell.Variables.All.Where(pair => pair.Value.Value is not null).Select(pair => $"{pair.Key}={ShellQuote.Of(pair.Value.Value!)}\n"))).ConfigureAwait(false);
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word is "--" or "-" || word.Length < 2 || word[0] is not ('-' or '+'))
            {
                if (word is not "-" || i + 1 < words.Count)
                    shell.Arguments = [.. words.Skip(word is "--" or "-" ? i + 1 : i)];
                return 0;
            }

            foreach (var letter in word.Skip(1))
            {
                if (letter == 'o' && i + 1 == words.Count)
                    return 0;
                shell.Options = (letter == 'o' ? shell.Options.With(words[++i], word[0] == '-') : shell.Options.With(letter, word[0] == '-'))
                    ?? throw new ShellFailureException($"set: illegal option {word[0]}{letter}");
            }
        }

        return 0;
    }

    private static int Shift(AshShell shell, IReadOnlyList<string> words)
    {
        var count = words.Count > 1 ? Number(words[1]) : 1;
        if (count > shell.Arguments.Count)
            return 1;
        shell.Arguments = [.. shell.Arguments.Skip(count)];
        return 0;
    }

    private static async Task<int> TrapAsync(AshShell shell, IReadOnlyList<string> words)
    {
        var arguments = words.Skip(1).Where((word, index) => index > 0 || word != "--").ToList();
        if (arguments.Count == 0)
        {
            var text = new StringBuilder();
            foreach (var (signal, action) in shell.Traps.OrderBy(pair => pair.Key))
                text.Append(CultureInfo.InvariantCulture, $"trap -- {ShellQuote.Of(action)} {HostSignal.Names[signal]}\n");
            return await WrittenAsync(shell, text.ToString()).ConfigureAwait(false);
        }

        if (arguments is ["-l"])
            return await WrittenAsync(shell, string.Concat(HostSignal.Names.Skip(1).Select((name, index) => $"{index + 1}) {name}\n"))).ConfigureAwait(false);
        var reset = arguments.Count == 1 || arguments[0] == "-" || int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        foreach (var name in arguments.Skip(arguments.Count == 1 || (reset && arguments[0] != "-") ? 0 : 1))
        {
            if (HostSignal.Number(name) is not { } signal)
            {
                await shell.ComplainAsync($"{name}: invalid signal specification", "trap").ConfigureAwait(false);
                return 1;
            }

            Trap(shell, signal, reset ? null : arguments[0]);
        }

        return 0;
    }

    private static void Trap(AshShell shell, int signal, string? action)
    {
        if (action is null)
        {
            shell.Traps.Remove(signal);
            shell.Process.Default(signal);
            return;
        }

        shell.Traps[signal] = action;
        if (signal == 0)
            return;
        if (action.Length == 0)
            shell.Process.Ignore(signal);
        else
            shell.Process.Catch(signal);
    }

    private static int Unset(AshShell shell, IReadOnlyList<string> words)
    {
        var functions = words.Contains("-f");
        foreach (var name in words.Skip(1).Where(word => word is not ("-f" or "-v")))
        {
            if (!functions && !ShellNames.IsName(name))
                throw new ShellFailureException($"unset: {name}: bad variable name");
            if (functions || (shell.Variables.Find(name) is null && shell.Functions.ContainsKey(name)))
                shell.Functions.Remove(name);
            else
                shell.Variables.Unset(name);
        }

        return 0;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ShellFailureException($"Illegal number: {text}");

    private static async Task<int> WrittenAsync(AshShell shell, string text)
    {
        await shell.WriteAsync(text).ConfigureAwait(false);
        return 0;
    }
}
