using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using OpsKit.Lab.Tests.Esxi;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>The lab's shell and BusyBox's, which ESXi has, do the same with the same scripts.</summary>
public sealed partial class ShellDifferentialTests : IAsyncLifetime
{
    private readonly TinyEsxi _lab = new(speed: 1);
    private BusyBoxRoot _root = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _root = await BusyBoxRoot.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        _root.Dispose();
        await _lab.DisposeAsync();
    }

    public static TheoryData<string> Topics => [.. ShellCorpus.Topics];

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task Scripts_do_the_same_in_both(string topic)
    {
        var differences = new StringBuilder();
        foreach (var script in ShellCorpus.Of(topic))
        {
            var ours = await _lab.RunAsync($"exec sh -c {Quoted("cd /tmp; " + script)} name one 'two words' three", ShellCorpus.Input, Token);
            var theirs = await BusyBoxAsync(script);
            if ((ours.Status, ours.Output, Plain(ours.Error)) != (theirs.Status, theirs.Output, Plain(theirs.Error)))
                differences.Append($"--- {script}\nours:   {ours.Status} {Shown(ours.Output)} {Shown(ours.Error)}\ntheirs: {theirs.Status} {Shown(theirs.Output)} {Shown(theirs.Error)}\n");
            await CleanAsync();
        }

        if (differences.Length > 0)
            Assert.Fail(differences.ToString());
    }

    private async Task<Ran> BusyBoxAsync(string script)
    {
        var start = new ProcessStartInfo("chroot") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[_root.Path, "/bin/busybox", "env", "-i", "PATH=/bin:/sbin", "HOME=/", "/bin/sh", "-c", "cd /tmp; " + script, "name", "one", "two words", "three"])
            start.ArgumentList.Add(argument);
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        try
        {
            await process.StandardInput.WriteAsync(ShellCorpus.Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        await process.WaitForExitAsync(Token);
        return new Ran(process.ExitCode, await output, await error);
    }

    private async Task CleanAsync()
    {
        await _lab.RunAsync("rm -rf /tmp/*", token: Token);
        foreach (var entry in new DirectoryInfo(_root.Outside("/tmp")).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    /// <summary>Versions of BusyBox number lines, name built-ins and explain usage differently, and tell of children that were killed or do not.</summary>
    private static string Plain(string error)
    {
        var told = error.Split('\n').TakeWhile(line => !line.StartsWith("BusyBox v", StringComparison.Ordinal)).Where(line => line is not ("Terminated" or "Killed") && !line.Contains(": usage: ", StringComparison.Ordinal));
        return string.Join('\n', told.Select(line => Place().Replace(line, "$1"))).TrimEnd('\n');
    }

    [GeneratedRegex(@"^(\S+: )(?:(?:cd|trap|\.|exec|eval|exit|shift|read|local|set|export|unset|getopts|return): )?(?:line \d+: )?", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Shown(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
