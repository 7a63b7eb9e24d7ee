namespace OpsKit.Lab.Esxi.Programs;

/// <summary>The programs a host has, by their paths.</summary>
internal sealed class ProgramTable
{
    private readonly Dictionary<string, IHostProgram> _programs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _applets = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="applets">What BusyBox brings.</param>
    /// <param name="programs">What ESXi brings.</param>
    public ProgramTable(IEnumerable<IHostProgram> applets, IEnumerable<IHostProgram> programs)
    {
        foreach (var applet in applets)
        {
            _programs[applet.Path] = applet;
            _applets.Add(applet.Path);
        }

        foreach (var program in programs)
            _programs[program.Path] = program;
    }

    public IEnumerable<string> Paths => _programs.Keys;

    public IHostProgram? At(string path) => _programs.GetValueOrDefault(path);

    public bool IsApplet(string path) => _applets.Contains(path);

    /// <summary>The names of the programs in a folder.</summary>
    public IEnumerable<string> In(string folder) =>
        _programs.Keys.Where(path => path.LastIndexOf('/') is var slash && path.AsSpan(0, slash).SequenceEqual(folder)).Select(path => path[(path.LastIndexOf('/') + 1)..]);
}
