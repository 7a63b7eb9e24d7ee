namespace OpsKit.Modules.Vibs;

/// <summary>What a package that nobody signed may bring, and with which modes. Pure.</summary>
internal static class BuildRules
{
    private const int AnyExecute = 0x49;
    private const int OwnerRead = 0x100;
    private const int OwnerExecute = 0x40;
    private const int OthersWrite = 0x2;
    private const int SetIds = 0xC00;

    /// <summary>Judges it.</summary>
    /// <param name="archive">The files.</param>
    /// <param name="options">What the package says of itself.</param>
    /// <param name="releases">Where files may go.</param>
    /// <param name="problems">Told what is wrong.</param>
    public static void Judge(SourceArchive archive, VibBuildOptions options, EsxiReleases releases, ProblemList problems)
    {
        var files = archive.Entries.Where(entry => entry.Content.Kind != VibContentKind.Folder).ToList();
        if (files.Count == 0)
            problems.Error("", "it brings no files");
        foreach (var entry in archive.Entries)
        {
            JudgePlace(entry.Content, options, releases, problems);
            JudgeMode(entry, problems);
        }

        var plain = files.Where(entry => entry.Content.Kind == VibContentKind.File).ToList();
        if (plain.Count > 0 && plain.TrueForAll(entry => (entry.Content.Mode & 0x1FF) == 0x1FF))
            problems.Warning("", "every file has mode 777: the archive was made where files have no modes, such as on Windows");
    }

    private static void JudgePlace(VibContent content, VibBuildOptions options, EsxiReleases releases, ProblemList problems)
    {
        if (UstarWriter.Flaw(content) is { } flaw)
            problems.Error(content.Path, $"{content.Path}: {flaw}");
        if (content.Kind == VibContentKind.Folder || releases.CommunityPaths.Any(path => content.Path.StartsWith(path, StringComparison.Ordinal)))
            return;
        if (options.AnyPath)
            problems.Warning(content.Path, $"{content.Path}: is where a package that nobody signed must not bring files; hosts before 8.0 take it with --force, later ones do not");
        else
            problems.Error(content.Path, $"{content.Path}: is where a package that nobody signed must not bring files: VibValidationError on the host. They may go below {Places(releases)}");
    }

    private static void JudgeMode(SourceEntry entry, ProblemList problems)
    {
        var (content, mode) = (entry.Content, Convert.ToString(entry.Content.Mode, 8));
        if (content.Kind == VibContentKind.Folder && (content.Mode & (OwnerRead | OwnerExecute)) != (OwnerRead | OwnerExecute))
            problems.Error(content.Path, $"{content.Path}: is a folder that nobody can enter (mode {mode})");
        if (content.Kind != VibContentKind.File)
            return;
        if ((content.Mode & SetIds) != 0)
            problems.Error(content.Path, $"{content.Path}: would run as its owner or group (mode {mode}): chmod ug-s");
        if ((content.Mode & OwnerRead) == 0)
            problems.Error(content.Path, $"{content.Path}: cannot be read (mode {mode}): chmod u+r");
        if (entry.IsScript && (content.Mode & AnyExecute) == 0)
            problems.Warning(content.Path, $"{content.Path}: is a script that cannot be run (mode {mode})");
        if ((content.Mode & OthersWrite) != 0)
            problems.Warning(content.Path, $"{content.Path}: can be written by everybody (mode {mode})");
    }

    private static string Places(EsxiReleases releases) => string.Join(", ", releases.CommunityPaths.Take(3)) + (releases.CommunityPaths.Count > 3 ? $" and {releases.CommunityPaths.Count - 3} other places ({EsxiReleasesReader.FileName})" : "");
}
