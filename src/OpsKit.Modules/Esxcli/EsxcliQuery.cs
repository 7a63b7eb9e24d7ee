using OpsKit.Connections;
using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.Esxcli;

/// <summary>Commands of <c>esxcli</c> in the format that a version speaks best, XML since 5.0, text tables before, and their answers, held to what was asked.</summary>
internal static class EsxcliQuery
{
    /// <summary>A command for a version.</summary>
    public static ReadingCommand Command(Version version, string command, params ReadOnlySpan<string> options) =>
        ReadingCommand.Esxcli(version.Major >= 5 ? EsxcliFormat.Xml : EsxcliFormat.Text, command, options);

    /// <summary>The records of an answer. In text, it is a table where columns are named, else a line a field.</summary>
    /// <exception cref="OpsKitException">It was refused, cut off, or is odd; the sentence names the command.</exception>
    public static IReadOnlyList<EsxcliRecord> Records(ReadingResult result, params ReadOnlySpan<string> columns)
    {
        if (!result.Succeeded)
            throw new OpsKitException(FailureKind.Failed, $"\"{result.Command.Text}\" ended with {result.ExitStatus}: {FirstLine(result.Output)}");
        try
        {
            return result.Command.Text.Contains("--formatter=xml", StringComparison.Ordinal) ? Xml(result.Output)
                : columns.Length > 0 ? EsxcliTable.Read(result.Output, columns)
                : Text(result.Output);
        }
        catch (Exception odd) when (odd is OpsKitException or FormatException)
        {
            throw new OpsKitException(FailureKind.Failed, $"\"{result.Command.Text}\": {(odd is OpsKitException one ? one.What : odd.Message)}", innerException: odd);
        }
    }

    /// <summary>What a program says first; remote text, to be escaped by whoever shows it.</summary>
    public static string FirstLine(string output)
    {
        var line = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "without a word";
        return line.Length > 200 ? line[..200] + "…" : line;
    }

    private static IReadOnlyList<EsxcliRecord> Xml(string output) => output.AsSpan().TrimStart().StartsWith("<")
        ? EsxcliAnswer.Read(output).Records
        : throw EsxcliFields.Unreadable($"it is no XML: {FirstLine(output)}");

    private static IReadOnlyList<EsxcliRecord> Text(string output)
    {
        if (output.Length > 0 && output[^1] != '\n')
            throw EsxcliFields.Unreadable("it is cut off within its last line");
        var answer = EsxcliText.Read(output);
        return answer.Text is null ? answer.Records : throw EsxcliFields.Unreadable($"it is no list: {FirstLine(output)}");
    }
}
