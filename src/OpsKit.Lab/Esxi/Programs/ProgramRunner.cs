using System.Text.RegularExpressions;
using OpsKit.Lab.Esxi.Applets;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>Finds programs and runs them: those a host has, and scripts.</summary>
internal static class ProgramRunner
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;
    private const int MostScript = 16 * 1024 * 1024;

    /// <summary>Where a command is; without a path why it is not.</summary>
    public static (string? Path, string Reason, int Status) Find(EsxiSystem system, string name, string searchPath, string folder)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = HostFiles.Resolve(folder, name);
            return Look(system, path) switch
            {
                null => (null, "not found", NotFound),
                { Kind: HostFileKind.File, IsExecutable: true } => (path, "", 0),
                _ => (null, HostFileException.Denied, NotExecutable),
            };
        }

        foreach (var entry in name.Length == 0 ? [] : searchPath.Split(':'))
        {
            var path = HostFiles.Resolve(folder, (entry.Length == 0 ? "." : entry) + "/" + name);
            if (Look(system, path) is { Kind: HostFileKind.File, IsExecutable: true })
                return (path, "", 0);
        }

        return (null, "not found", NotFound);
    }

    /// <summary>Runs what is at a path, in the process given.</summary>
    public static async Task<int> RunAsync(
        EsxiSystem system, HostProcess process, Descriptors descriptors, string path, IReadOnlyList<string> words, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var name = words[0][(words[0].LastIndexOf('/') + 1)..];
        if (system.Programs.At(path) is { } program)
        {
            if (process.InScript && !system.Programs.IsApplet(path))
                ShellJournal.AddNested(system, [path.StartsWith("/etc/", StringComparison.Ordinal) ? path : name, .. words.Skip(1)]);
            return await RunAsync(program, new HostCall(system, process, descriptors, [name, .. words.Skip(1)], folder, environment)).ConfigureAwait(false);
        }

        var script = await ReadAsync(system, path, process.Token).ConfigureAwait(false);
        var call = new HostCall(system, process, descriptors, ["sh", path, .. words.Skip(1)], folder, environment);
        if (!script.StartsWith("#!", StringComparison.Ordinal))
        {
            if (!script.AsSpan(0, Math.Min(script.Length, 512)).Contains('\0'))
                return await AshProgram.RunScriptAsync(call, path, words[0], script).ConfigureAwait(false);
            call.ErrorOut.Write($"sh: {words[0]}: Exec format error\n");
            await call.FlushAsync().ConfigureAwait(false);
            return NotExecutable;
        }

        var interpreter = script[2..].Split('\n')[0].Trim().Split((char[]?)[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
        if (interpreter is [var first, ..] && system.Programs.At(first) is { } other)
            return await RunAsync(other, new HostCall(system, process, descriptors, [first[(first.LastIndexOf('/') + 1)..], .. interpreter.Skip(1), path, .. words.Skip(1)], folder, environment)).ConfigureAwait(false);
        call.ErrorOut.Write($"sh: {words[0]}: not found\n");
        await call.FlushAsync().ConfigureAwait(false);
        return NotFound;
    }

    /// <summary>What <c>env</c>, <c>nohup</c> and the like do: a program takes the place of the one that calls.</summary>
    public static async Task<int> ReplaceAsync(HostCall call, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        await call.FlushAsync().ConfigureAwait(false);
        if (Locate(call, words[0], environment) is not { } path)
            return call.Fail($"can't execute '{words[0]}': {HostFileException.NoEntry}", NotFound);
        call.Process.Command = string.Join(' ', words);
        return await RunAsync(call.System, call.Process, call.Descriptors, path, words, call.Folder, environment ?? call.Environment).ConfigureAwait(false);
    }

    /// <summary>What <c>xargs</c> and <c>find</c> do: a program runs in a process of its own.</summary>
    public static async Task<int> SpawnAsync(HostCall call, IReadOnlyList<string> words)
    {
        await call.FlushAsync().ConfigureAwait(false);
        if (Locate(call, words[0], null) is not { } path)
            return call.Fail($"{words[0]}: {HostFileException.NoEntry}", NotFound);
        var process = call.System.Processes.Start(call.Process, string.Join(' ', words), call.Process.Life);
        var descriptors = call.Descriptors.Copy();
        return await ProcessRun.RunAsync(process, descriptors, () => RunAsync(call.System, process, descriptors, path, words, call.Folder, call.Environment)).ConfigureAwait(false);
    }

    private static string? Locate(HostCall call, string name, IReadOnlyDictionary<string, string>? environment) =>
        Find(call.System, name, (environment ?? call.Environment).GetValueOrDefault("PATH", EsxiSystem.DefaultPath), call.Folder).Path;

    private static async Task<int> RunAsync(IHostProgram program, HostCall call)
    {
        var status = await Reported(program, call).ConfigureAwait(false);
        await call.FlushAsync().ConfigureAwait(false);
        return status;
    }

    /// <summary>A file that cannot be read or written is said under the program's name.</summary>
    private static async Task<int> Reported(IHostProgram program, HostCall call)
    {
        try
        {
            return await program.RunAsync(call).ConfigureAwait(false);
        }
        catch (AppletUsageException e)
        {
            return call.Fail(e.Message, e.Status);
        }
        catch (RegexMatchTimeoutException)
        {
            return call.Fail("regular expression too complex");
        }
        catch (Exception e) when (e is HostFileException or UnauthorizedAccessException)
        {
            return call.Fail(HostFileException.ReasonOf(e));
        }
    }

    public static async Task<string> ReadAsync(EsxiSystem system, string path, CancellationToken cancellationToken)
    {
        var file = system.Files.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            using var held = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                if (held.Length + count > MostScript)
                    throw new HostFileException("Argument list too long");
                held.Write(buffer, 0, count);
            }

            return ByteText.Of(held.GetBuffer().AsSpan(0, (int)held.Length));
        }
    }

    private static HostFileInfo? Look(EsxiSystem system, string path)
    {
        try
        {
            return system.Files.Find(path);
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            return null;
        }
    }
}
