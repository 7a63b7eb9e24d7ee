using System.Text.RegularExpressions;

namespace OpsKit.Connections.Ssh;

/// <summary>Which commands of enclosure devices read only: those that begin with <c>SHOW</c>, and <c>HELP</c>.</summary>
internal static partial class DeviceReading
{
    public static string Line(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Show().IsMatch(command) ? command : throw ReadingCommand.Refused(command, "it is no SHOW or HELP of plain words");
    }

    /// <summary>The characters leave no way to a second command, a pipe or a file.</summary>
    [GeneratedRegex(@"^([Ss][Hh][Oo][Ww]|[Hh][Ee][Ll][Pp])( [A-Za-z0-9_.,:*/=-]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Show();
}
