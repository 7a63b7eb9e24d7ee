using System.Globalization;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>How one command of a batch ended.</summary>
/// <param name="ExitStatus">Its exit status.</param>
/// <param name="Output">Its standard output and error, as they came.</param>
public sealed record ReadingResult(int ExitStatus, string Output)
{
    /// <summary>True where the exit status is 0.</summary>
    public bool Succeeded => ExitStatus == 0;
}

/// <summary>
/// Several reading commands as one command line. ESXi's SSH server limits how fast sessions begin, so that what belongs together is asked together; a marker
/// that no output can know stands behind each one's output, with its exit status.
/// </summary>
internal static class ReadingBatch
{
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    public static string Text(string marker, IReadOnlyList<ReadingCommand> commands)
    {
        var text = new StringBuilder();
        foreach (var command in commands)
            text.Append(CultureInfo.InvariantCulture, $"{command.Text} 2>&1; printf '\\n%s %s\\n' {marker} $?; ");
        return text.ToString().TrimEnd(' ', ';');
    }

    public static TimeSpan Timeout(IReadOnlyList<ReadingCommand> commands)
    {
        var sum = TimeSpan.FromTicks(commands.Sum(command => command.Timeout.Ticks));
        return sum < MostTime ? sum : MostTime;
    }

    /// <summary>The results, in the commands' order; fewer than commands where the output was cut.</summary>
    public static IReadOnlyList<ReadingResult> Split(string marker, string output)
    {
        var results = new List<ReadingResult>();
        var ending = $"\n{marker} ";
        for (var at = 0; output.IndexOf(ending, at, StringComparison.Ordinal) is >= 0 and var end;)
        {
            var line = output.IndexOf('\n', end + 1);
            if (line < 0 || !int.TryParse(output.AsSpan(end + ending.Length, line - end - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                break;
            results.Add(new ReadingResult(status, output[at..end]));
            at = line + 1;
        }

        return results;
    }
}
