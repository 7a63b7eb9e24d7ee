using Microsoft.Extensions.Time.Testing;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Tests;

/// <summary>What a command line did.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error);

/// <summary>Runs command lines in this process, on a jump host and terminal of its own.</summary>
internal sealed class CliHarness : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("opskit-cli").FullName;

    /// <summary>The working folder.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(_home, "work")).FullName;

    /// <summary>Environment variables of the jump host.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>What is typed at questions.</summary>
    public string Input { get; set; } = "";

    /// <summary>The streams; by default none is a terminal.</summary>
    public TerminalStreams Streams { get; set; } = new(OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: false, int.MaxValue);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public Interruption Interruption { get; } = new();

    public Doors Doors { get; set; } = Doors.ToTheWorld with { LeaveOutAuthorities = () => { } };

    public JumpHost JumpHost => JumpHost.From(Environment, _home, Folder, windows: false) with { Clock = Clock };

    /// <summary>A terminal on all three streams.</summary>
    public CliHarness OnTerminal(int width = 80)
    {
        Streams = new TerminalStreams(OutputIsTerminal: true, ErrorIsTerminal: true, InputIsTerminal: true, width);
        Environment["TERM"] = "xterm-256color";
        return this;
    }

    /// <summary>Writes a file of the working folder.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a command line; words are separated by blanks.</summary>
    public CliRun Run(string commandLine) => RunWords(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs a command line of the given words.</summary>
    public CliRun RunWords(params string[] arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    public async Task<CliRun> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Input);
        var exitCode = await App.RunAsync(arguments, JumpHost, new Terminal(output, error, input, Streams), Interruption, Doors);
        return new CliRun(exitCode, output.ToString(), Scrub(error.ToString()));
    }

    /// <summary>Takes this run's folders out of a text.</summary>
    public string Scrub(string text) => text.Replace(Folder, "~work", StringComparison.Ordinal).Replace(_home, "~", StringComparison.Ordinal);

    public void Dispose()
    {
        Interruption.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    public static Estate EstateOf(params Endpoint[] endpoints) =>
        new("opskit.yaml", endpoints, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
}
