using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>How one command of a batch ended.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitStatus">Its exit status.</param>
/// <param name="Output">Its standard output and error, as they came.</param>
public sealed record ReadingResult(ReadingCommand Command, int ExitStatus, string Output)
{
    /// <summary>True where the exit status is 0.</summary>
    public bool Succeeded => ExitStatus == 0;
}

/// <summary>
/// Several reading commands of a POSIX shell as one command line. ESXi's SSH server limits how fast sessions begin, so that what belongs together is asked
/// together; a random word that no output can know stands behind each one's output, with its exit status.
/// </summary>
internal sealed class ReadingBatch
{
    /// <summary>Dropbear, which ESXi before 5.0 serves SSH with, takes no longer command lines.</summary>
    private const int LongestForDropbear = 1000;

    /// <summary>How long a line may be elsewhere: far below what a kernel takes as one argument.</summary>
    private const int Longest = 30_000;

    private const long MostOutput = 64 * 1024 * 1024;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    private ReadingBatch(string mark, IReadOnlyList<ReadingCommand> commands) => (Mark, Commands) = (mark, commands);

    /// <summary>The commands.</summary>
    public IReadOnlyList<ReadingCommand> Commands { get; }

    /// <summary>The word.</summary>
    public string Mark { get; }

    /// <summary>Cuts commands into lines that the server takes, in order.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="serverVersion">How the SSH server calls itself.</param>
    public static IEnumerable<ReadingBatch> Of(IReadOnlyList<ReadingCommand> commands, string serverVersion)
    {
        var longest = serverVersion.Contains("dropbear", StringComparison.OrdinalIgnoreCase) ? LongestForDropbear : Longest;
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var part = new List<ReadingCommand>();
        var length = 0;
        foreach (var command in commands)
        {
            var more = Piece(command, mark).Length;
            if (part.Count > 0 && length + more > longest)
            {
                yield return new ReadingBatch(mark, part);
                (part, length) = ([], 0);
            }

            part.Add(command);
            length += more;
        }

        if (part.Count > 0)
            yield return new ReadingBatch(mark, part);
    }

    /// <summary>The whole as one command.</summary>
    public ReadingCommand ToCommand() => ReadingCommand.Together(Text(), TimeSpan.FromTicks(Math.Min(Commands.Sum(command => command.Timeout.Ticks), MostTime.Ticks)),
        (int)Math.Min(Commands.Sum(command => command.OutputLimit + 64L), MostOutput));

    /// <summary>The results, in the commands' order; fewer than commands where the output was cut.</summary>
    public IReadOnlyList<ReadingResult> Split(string output)
    {
        var results = new List<ReadingResult>();
        var ending = $"\n{Mark} ";
        for (var at = 0; results.Count < Commands.Count && output.IndexOf(ending, at, StringComparison.Ordinal) is >= 0 and var end;)
        {
            var line = output.IndexOf('\n', end + 1);
            if (line < 0 || !int.TryParse(output.AsSpan(end + ending.Length, line - end - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                break;
            results.Add(new ReadingResult(Commands[results.Count], status, output[at..end]));
            at = line + 1;
        }

        return results;
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var command in Commands)
            text.Append(Piece(command, Mark));
        return text.ToString().TrimEnd(' ', ';');
    }

    private static string Piece(ReadingCommand command, string mark) => $"{command.Text} 2>&1; printf '\\n%s %s\\n' {mark} $?; ";
}
