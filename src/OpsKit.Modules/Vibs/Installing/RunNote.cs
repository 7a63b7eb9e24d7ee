using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.Vibs;

/// <summary>What is remembered of an installation under way: the run on the host that it is.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Folder">The folder that the run's own folder is in.</param>
internal sealed record RunNote(string Run, string Folder)
{
    private const int MostOfName = 24;

    /// <summary>A name of its own, behind the host's: hosts may share a datastore.</summary>
    public static RunNote New(string host, string folder) => new($"{Prefix(host)}{Guid.NewGuid():N}", folder);

    /// <summary>Reads a note; null where it is none.</summary>
    public static RunNote? Parse(string? note) => note?.Split(' ', 2) is [var run, var folder] && folder.StartsWith('/') ? new RunNote(run, folder) : null;

    /// <summary>A shell's pattern for the folders of a host's runs, this one's and those of runs whose end nobody saw.</summary>
    public static string All(string host, string folder) => $"{PosixShell.Quote(folder.TrimEnd('/'))}/opskit-{Prefix(host)}{new string('?', 32)}";

    /// <summary>The run's own folder on the host.</summary>
    public string Path => $"{Folder.TrimEnd('/')}/opskit-{Run}";

    public override string ToString() => $"{Run} {Folder}";

    private static string Prefix(string host) => HostRoom.Short(host) is var name && name.Length > MostOfName ? $"vib-{name[..MostOfName]}-" : $"vib-{name}-";
}
