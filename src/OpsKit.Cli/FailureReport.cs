using System.CommandLine;
using System.Text;
using System.Text.Json;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli;

/// <summary>Shows what ended a run: talk on stderr, and with <c>--output json</c> an object on stdout so that it stays parseable.</summary>
internal sealed class FailureReport(Terminal terminal, JumpHost jumpHost, ParseResult parsed)
{
    private const int ErrorBrokenPipe = unchecked((int)0x8007006D);
    private const int ErrorNoData = unchecked((int)0x800700E8);

    /// <summary>Shows a failure an operator can act on.</summary>
    public int Show(OpsKitException failure)
    {
        var exitCode = ExitCodes.Of(failure.Kind);
        terminal.Complain(failure.Message, failure.Next);
        if (terminal.Verbosity == Verbosity.Verbose && failure.InnerException is { } cause)
            terminal.Detail(cause.ToString());
        ShowJson(failure.Kind.ToString(), failure.What, failure.Target, failure.Next, exitCode);
        return exitCode;
    }

    /// <summary>Shows an exception nobody foresaw, and keeps its details in a file.</summary>
    public int ShowBug(Exception bug)
    {
        var what = $"OpsKit has a bug: {bug.GetType().Name}: {bug.Message}";
        var next = SaveDetails(bug) is { } file ? $"report it together with {file}" : "run it again with --verbose and report what it says";
        terminal.Complain(what, next);
        if (parsed.GetValue(GlobalOptions.Verbose))
            terminal.Detail(bug.ToString());
        ShowJson("Bug", what, null, next, ExitCodes.Failed);
        return ExitCodes.Failed;
    }

    /// <summary>Sends what is buffered. A reader that has left (<c>| head</c>) is no failure; a full disk is one.</summary>
    public int Flush(int exitCode)
    {
        try
        {
            terminal.Flush();
            return exitCode;
        }
        catch (IOException broken)
        {
            if (broken.HResult is ErrorBrokenPipe or ErrorNoData)
                return exitCode;
            terminal.Complain($"the output could not be written: {broken.Message}");
            return exitCode == ExitCodes.Done ? ExitCodes.Failed : exitCode;
        }
    }

    private void ShowJson(string kind, string what, string? target, string? next, int exitCode)
    {
        if (!GlobalSettings.WantsJson(parsed))
            return;

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("kind", kind);
            json.WriteString("what", terminal.Redact(what));
            json.WriteString("target", target);
            json.WriteString("next", next);
            json.WriteNumber("exitCode", exitCode);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        terminal.Data(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    /// <summary>Writes the details; what was typed is left out, since it may name things nobody wants to send around.</summary>
    private string? SaveDetails(Exception bug)
    {
        try
        {
            var folder = Path.Combine(jumpHost.StateDirectory, "bugs");
            Directory.CreateDirectory(folder);
            var now = jumpHost.Clock.GetUtcNow();
            var file = Path.Combine(folder, $"{now:yyyyMMdd-HHmmss}.txt");
            File.WriteAllText(file, terminal.Redact(
                $"""
                opskit {App.Version} on {System.Runtime.InteropServices.RuntimeInformation.OSDescription}
                {now:O}
                command: {(parsed.CommandResult.Command as OpsCommand)?.Path}

                {bug}

                """));
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
