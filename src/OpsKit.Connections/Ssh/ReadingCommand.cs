namespace OpsKit.Connections.Ssh;

/// <summary>
/// A command that only reads, by an explicit list of such commands. There is no other way to make one: what is not on the list, or would be more than one
/// command to a shell, is refused when it is built.
/// </summary>
public sealed record ReadingCommand
{
    private ReadingCommand(string text) => Text = text;

    /// <summary>The command line.</summary>
    public string Text { get; }

    /// <summary>How long it may take. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes of each output stream are kept. Default 4 MiB.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>An <c>esxcli</c> command that ends in <c>list</c> or <c>get</c>, such as <c>software vib list</c>.</summary>
    /// <param name="command">Namespaces and the command.</param>
    /// <param name="options">Options, such as <c>--vibname=x</c>, or <c>-n</c> and its value behind it.</param>
    /// <exception cref="OpsKitException">It is not known to read only.</exception>
    public static ReadingCommand Esxcli(string command, params ReadOnlySpan<string> options) => Esxcli(EsxcliFormat.Text, command, options);

    /// <summary>As <see cref="Esxcli(string, ReadOnlySpan{string})"/>, with the output in a format of <c>esxcli</c>; errors are text all the same.</summary>
    /// <param name="format">The format.</param>
    /// <param name="command">Namespaces and the command.</param>
    /// <param name="options">Options, such as <c>--vibname=x</c>, or <c>-n</c> and its value behind it.</param>
    /// <exception cref="OpsKitException">It is not known to read only.</exception>
    public static ReadingCommand Esxcli(EsxcliFormat format, string command, params ReadOnlySpan<string> options) =>
        new(EsxcliReading.Line(format, command, options, dryRun: false));

    /// <summary>An installation of <c>esxcli software</c> with <c>--dry-run</c>: says what it would do.</summary>
    /// <param name="format">The format.</param>
    /// <param name="command">Such as <c>software vib install</c>.</param>
    /// <param name="options">Its options, without <c>--dry-run</c>.</param>
    /// <exception cref="OpsKitException">It has no dry run.</exception>
    public static ReadingCommand EsxcliDryRun(EsxcliFormat format, string command, params ReadOnlySpan<string> options) =>
        new(EsxcliReading.Line(format, command, options, dryRun: true));

    /// <summary>A program of the ESXi shell that reads with these arguments, such as <c>cat</c>, <c>vim-cmd vmsvc/getallvms</c> or <c>esxcfg-nics -l</c>.</summary>
    /// <param name="program">Its name, without a path.</param>
    /// <param name="arguments">Its arguments; quoted here.</param>
    /// <exception cref="OpsKitException">It is not known to read only.</exception>
    public static ReadingCommand Program(string program, params ReadOnlySpan<string> arguments) => new(ProgramReading.Line(program, arguments));

    /// <summary>A <c>SHOW</c> of an Onboard Administrator, a Virtual Connect manager or an iLO, whose command lines are no shells: nothing is quoted.</summary>
    /// <param name="command">Such as <c>SHOW INTERCONNECT STATUS ALL</c>.</param>
    /// <exception cref="OpsKitException">It is not known to read only.</exception>
    public static ReadingCommand Device(string command) => new(DeviceReading.Line(command));

    /// <summary>Several commands of a POSIX shell as one.</summary>
    internal static ReadingCommand Together(string text, TimeSpan timeout, int outputLimit) => new(text) { Timeout = timeout, OutputLimit = outputLimit };

    internal static OpsKitException Refused(string command, string why) =>
        new(FailureKind.Usage, $"\"{command.ReplaceLineEndings(" ")}\" is not known to be a command that only reads: {why}");
}

/// <summary>Formats in which <c>esxcli</c> answers.</summary>
public enum EsxcliFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>CSV with a trailing comma.</summary>
    Csv,

    /// <summary>One <c>key=value</c> a line.</summary>
    KeyValue,
}
