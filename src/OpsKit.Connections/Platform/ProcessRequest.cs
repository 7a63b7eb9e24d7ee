namespace OpsKit.Connections.Platform;

/// <summary>A program to run.</summary>
public sealed record ProcessRequest
{
    /// <summary>Path or name of the program.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, each handed over as it is; no shell takes them apart.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables set besides those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder it runs in; null for this process's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What it reads on its standard input; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// Told all output as it comes, standard output and error mixed, from several threads but one at a time. What it returns is written to the program's
    /// standard input: an answer to a question that just appeared. Null returns, and null here, write nothing.
    /// </summary>
    /// <remarks>With this set, standard input stays open until the program ends. What it throws ends the program.</remarks>
    public Func<string, string?>? Converse { get; init; }

    /// <summary>Told the process's id once it runs; null for nobody.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>How long it may take. Default 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many characters of each output stream are kept; the rest is read and dropped. Default 1 Mi.</summary>
    public int OutputLimit { get; init; } = 1024 * 1024;

    /// <summary>A command line for the system's shell: <c>/bin/sh -c</c>, or <c>cmd.exe /d /s /c</c> on Windows.</summary>
    public static ProcessRequest Shell(string commandLine) => OperatingSystem.IsWindows()
        ? new ProcessRequest { FileName = "cmd.exe", Arguments = ["/d", "/s", "/c", commandLine] }
        : new ProcessRequest { FileName = "/bin/sh", Arguments = ["-c", commandLine] };
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, as far as it was kept.</param>
/// <param name="Error">Its standard error, as far as it was kept.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error);
