using OpsKit.Lab.Esxi.Kinds;
using OpsKit.Vim25;

namespace OpsKit.Lab.Esxi;

/// <summary>Writes what is done on a host into the log of operations.</summary>
internal static class ShellJournal
{
    private const int Shown = 120;

    /// <summary>A command line that came over SSH.</summary>
    public static void Add(EsxiSystem system, string user, string command)
    {
        if (string.IsNullOrWhiteSpace(command))
            return;
        var kind = CommandKind.Changes(ByteText.Of(command), system.Host.Version) ? OperationKind.Change : OperationKind.Query;
        system.Log.Add(system.Name, Line(command), kind, user, $"{user} runs a command line");
    }

    /// <summary>A program of ESXi that a script runs.</summary>
    public static void AddNested(EsxiSystem system, IReadOnlyList<string> words)
    {
        var kind = CommandKind.Changes(words, system.Host.Version) ? OperationKind.Change : OperationKind.Query;
        system.Log.Add(system.Name, Line(ByteText.Decode(string.Join(' ', words))), kind, "script", "run by a script");
    }

    private static string Line(string command)
    {
        var line = command.Trim().ReplaceLineEndings(" ");
        return line.Length <= Shown ? line : line[..Shown] + "…";
    }
}
