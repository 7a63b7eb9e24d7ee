namespace OpsKit.Lab.Esxi.Programs;

/// <summary>The programs a host has, by their paths.</summary>
internal sealed class ProgramTable
{
    private readonly Dictionary<string, IHostProgram> _programs = new(StringComparer.Ordinal);

    public ProgramTable(IEnumerable<IHostProgram> programs)
    {
        foreach (var program in programs)
            _programs[program.Path] = program;
    }

    public IEnumerable<string> Paths => _programs.Keys;

    public IHostProgram? At(string path) => _programs.GetValueOrDefault(path);
}
