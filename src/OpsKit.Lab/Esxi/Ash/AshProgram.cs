using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary><c>sh</c>: a new shell for a command, a script or what is read.</summary>
internal static class AshProgram
{
    public static async Task<int> RunAsync(HostCall call)
    {
        var shell = Create(call);
        var words = call.Words;
        string? command = null;
        var takesCommand = false;
        var at = 0;
        for (; at < words.Count && words[at] is ['-' or '+', _, ..] word; at++)
        {
            if (word == "--")
            {
                at++;
                break;
            }

            foreach (var letter in word.Skip(1))
            {
                if (letter == 'c')
                    takesCommand = true;
                else if (letter == 'o' && ++at < words.Count)
                    shell.Options = shell.Options.With(words[at], word[0] == '-') ?? shell.Options;
                else
                    shell.Options = shell.Options.With(letter, word[0] == '-') ?? shell.Options;
            }
        }

        if (takesCommand)
        {
            if (at == words.Count)
                return call.Fail("-c requires an argument", 2);
            command = words[at++];
            if (at < words.Count)
                shell.Name = words[at++];
            shell.Arguments = [.. words.Skip(at)];
            return await ScriptRunner.RunAsync(shell, command).ConfigureAwait(false);
        }

        if (at < words.Count)
        {
            var path = call.PathOf(words[at]);
            string script;
            try
            {
                script = await ProgramRunner.ReadAsync(call.System, path, call.CancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (HostFileException.IsFileFailure(e))
            {
                return call.Fail($"can't open '{words[at]}': {HostFileException.ReasonOf(e)}", 2);
            }

            shell.Arguments = [.. words.Skip(at + 1)];
            return await RunFileAsync(shell, words[at], script).ConfigureAwait(false);
        }

        return await ShellInput.RunAsync(shell).ConfigureAwait(false);
    }

    /// <summary>A script that was called by its path.</summary>
    public static Task<int> RunScriptAsync(HostCall call, string path, string name, string script)
    {
        var shell = Create(call);
        shell.Arguments = [.. call.Words.Skip(1)];
        return RunFileAsync(shell, name.Contains('/', StringComparison.Ordinal) ? name : path, script);
    }

    private static Task<int> RunFileAsync(AshShell shell, string name, string script)
    {
        shell.Name = name;
        shell.ScriptName = name;
        return ScriptRunner.RunAsync(shell, script);
    }

    private static AshShell Create(HostCall call)
    {
        call.Process.InScript = true;
        var shell = new AshShell(call.System, call.Process, call.Descriptors, call.Name, call.Folder);
        foreach (var (name, value) in call.Environment)
        {
            if (!ShellNames.IsName(name))
                continue;
            shell.Variables.Set(name, value);
            shell.Variables.Export(name);
        }

        shell.Variables.Set("PWD", call.Folder);
        shell.Variables.Set("IFS", " \t\n");
        shell.Variables.Set("PS1", "\\w \\$ ");
        shell.Variables.Set("PS2", "> ");
        shell.Variables.Set("PS4", "+ ");
        shell.Variables.Set("OPTIND", "1");
        shell.Variables.Set("PPID", call.Process.ParentPid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return shell;
    }
}
