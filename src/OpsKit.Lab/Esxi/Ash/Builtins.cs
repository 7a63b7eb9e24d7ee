using System.Globalization;
using OpsKit.Lab.Esxi.Applets;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>The other built-ins; functions of the same name come before them.</summary>
internal static class Builtins
{
    private static readonly Dictionary<string, ShellBuiltin> All = new(StringComparer.Ordinal)
    {
        ["true"] = static (_, _) => Task.FromResult(0),
        ["false"] = static (_, _) => Task.FromResult(1),
        ["echo"] = ShellBuiltinCalls.InShell(EchoApplet.RunAsync),
        ["printf"] = ShellBuiltinCalls.InShell(PrintfApplet.RunAsync),
        ["test"] = ShellBuiltinCalls.InShell(TestApplet.RunAsync),
        ["["] = ShellBuiltinCalls.InShell(TestApplet.RunAsync),
        ["[["] = ShellBuiltinCalls.InShell(TestApplet.RunAsync),
        ["kill"] = ShellBuiltinCalls.InShell(KillApplet.RunAsync),
        ["cd"] = ChangeFolderAsync,
        ["chdir"] = ChangeFolderAsync,
        ["pwd"] = static async (shell, _) => await WrittenAsync(shell, shell.Folder + "\n").ConfigureAwait(false),
        ["command"] = CommandAsync,
        ["type"] = static (shell, words) => DescribeAsync(shell, words.Skip(1), verbose: true),
        ["local"] = (shell, words) => Task.FromResult(Local(shell, words)),
        ["let"] = (shell, words) => Task.FromResult(Let(shell, words)),
        ["read"] = ReadBuiltin.RunAsync,
        ["getopts"] = GetoptsBuiltin.RunAsync,
        ["wait"] = WaitBuiltin.RunAsync,
        ["jobs"] = static (_, _) => Task.FromResult(0),
        ["hash"] = static (_, _) => Task.FromResult(0),
        ["alias"] = static (_, _) => Task.FromResult(0),
        ["unalias"] = static (_, _) => Task.FromResult(0),
        ["ulimit"] = static async (shell, _) => await WrittenAsync(shell, "unlimited\n").ConfigureAwait(false),
        ["umask"] = UmaskAsync,
    };

    public static ShellBuiltin? Find(string name) => All.GetValueOrDefault(name);

    private static async Task<int> ChangeFolderAsync(AshShell shell, IReadOnlyList<string> words)
    {
        var target = words.Skip(1).FirstOrDefault(word => word is not ("-P" or "-L" or "--")) ?? shell.Variables["HOME"] ?? "/";
        var back = target == "-";
        if (back)
            target = shell.Variables["OLDPWD"] ?? shell.Folder;
        var path = shell.PathOf(target);
        HostFileInfo? there;
        try
        {
            there = shell.System.Files.Find(path);
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            there = null;
        }

        if (there is not { IsFolder: true })
        {
            await shell.ComplainAsync($"can't cd to {target}: {(there is null ? HostFileException.NoEntry : HostFileException.NotFolder)}", "cd").ConfigureAwait(false);
            return 2;
        }

        shell.Variables.Set("OLDPWD", shell.Folder);
        shell.Folder = path;
        shell.Variables.Set("PWD", path);
        return back ? await WrittenAsync(shell, path + "\n").ConfigureAwait(false) : 0;
    }

    private static async Task<int> CommandAsync(AshShell shell, IReadOnlyList<string> words)
    {
        var rest = words.Skip(1).ToList();
        if (rest is ["-v" or "-V", ..])
            return await DescribeAsync(shell, rest.Skip(1), verbose: rest[0] == "-V").ConfigureAwait(false);
        while (rest is ["-p" or "--", ..])
            rest.RemoveAt(0);
        if (rest.Count == 0)
            return 0;
        var runner = new CommandRunner(shell);
        if ((SpecialBuiltins.Find(rest[0]) ?? Find(rest[0])) is not { } builtin)
            return await runner.RunProgramAsync(rest, shell.Variables.Environment, replace: false).ConfigureAwait(false);
        try
        {
            return await runner.RunBuiltinAsync(builtin, rest).ConfigureAwait(false);
        }
        catch (ShellFailureException e)
        {
            await shell.ComplainAsync(e.Message).ConfigureAwait(false);
            return e.Status;
        }
    }

    private static async Task<int> DescribeAsync(AshShell shell, IEnumerable<string> names, bool verbose)
    {
        var status = 0;
        foreach (var name in names)
        {
            var found = ReservedWords.Is(name) ? (verbose ? $"{name} is a shell keyword" : name)
                : shell.Functions.ContainsKey(name) ? (verbose ? $"{name} is a function" : name)
                : SpecialBuiltins.Find(name) is not null ? (verbose ? $"{name} is a special shell builtin" : name)
                : Find(name) is not null ? (verbose ? $"{name} is a shell builtin" : name)
                : ProgramRunner.Find(shell.System, name, shell.Variables["PATH"] ?? EsxiSystem.DefaultPath, shell.Folder).Path is { } path ? (verbose ? $"{name} is {path}" : path)
                : null;
            if (found is null)
            {
                status = 127;
                if (!verbose)
                    continue;
            }

            await shell.WriteAsync((found ?? $"{name}: not found") + "\n").ConfigureAwait(false);
        }

        return status;
    }

    private static int Local(AshShell shell, IReadOnlyList<string> words)
    {
        if (!shell.Locals.TryPeek(out var hidden))
            throw new ShellFailureException("not in a function");
        foreach (var word in words.Skip(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (!ShellNames.IsName(name))
                throw new ShellFailureException($"local: {name}: bad variable name");
            hidden.TryAdd(name, shell.Variables.Find(name));
            if (equals >= 0)
                shell.Variables.Set(name, word[(equals + 1)..]);
        }

        return 0;
    }

    private static int Let(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count == 1)
            throw new ShellFailureException("let: expression expected");
        var value = 0L;
        foreach (var expression in words.Skip(1))
            value = shell.Expander.Calculate(expression);
        return value == 0 ? 1 : 0;
    }

    private static async Task<int> UmaskAsync(AshShell shell, IReadOnlyList<string> words)
    {
        if (words.Count == 1)
            return await WrittenAsync(shell, "0" + Convert.ToString(shell.Process.FileCreationMask, 8).PadLeft(3, '0') + "\n").ConfigureAwait(false);
        if (words[1] == "-S")
        {
            var allowed = ~shell.Process.FileCreationMask;
            var text = string.Join(',', "ugo".Select((who, index) => $"{who}={string.Concat("rwx".Where((_, bit) => (allowed & (1 << (8 - (index * 3) - bit))) != 0))}"));
            return await WrittenAsync(shell, text + "\n").ConfigureAwait(false);
        }

        var mask = ModeText.Parse(words[1], 0b111_111_111 & ~shell.Process.FileCreationMask, isFolder: true);
        if (mask is null)
            throw new ShellFailureException($"umask: illegal mode: {words[1]}");
        shell.Process.FileCreationMask = char.IsAsciiDigit(words[1][0]) ? mask.Value & 0b111_111_111 : ~mask.Value & 0b111_111_111;
        return 0;
    }

    private static async Task<int> WrittenAsync(AshShell shell, string text)
    {
        await shell.WriteAsync(text).ConfigureAwait(false);
        return 0;
    }
}
