namespace OpsKit.Modules.Vibs;

/// <summary>What is remembered of an installation under way: the run on the host that it is.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Folder">The folder that the run's own folder is in.</param>
internal sealed record RunNote(string Run, string Folder)
{
    public static RunNote New(string folder) => new($"vib-{Guid.NewGuid():N}", folder);

    /// <summary>Reads a note; null where it is none.</summary>
    public static RunNote? Parse(string? note) => note?.Split(' ', 2) is [var run, var folder] && folder.StartsWith('/') ? new RunNote(run, folder) : null;

    /// <summary>The run's own folder on the host.</summary>
    public string Path => $"{Folder.TrimEnd('/')}/opskit-{Run}";

    public override string ToString() => $"{Run} {Folder}";
}
