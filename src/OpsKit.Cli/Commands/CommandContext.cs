using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands;

/// <summary>What a command is given: the machine it runs on, the terminal, the settings, the estate and the doors to its endpoints.</summary>
internal sealed class CommandContext(JumpHost jumpHost, Terminal terminal, GlobalSettings settings, Doors doors) : IDisposable
{
    private readonly Lazy<EndpointAccess> _access = new(() => new EndpointAccess(jumpHost, terminal, doors.SshTransport));
    private readonly ReportOutput _output = new(terminal, settings, jumpHost);

    public JumpHost JumpHost => jumpHost;
    public Terminal Terminal => terminal;
    public GlobalSettings Settings => settings;
    public Doors Doors => doors;

    /// <summary>The estate the command line means: the inventory or the ad-hoc endpoints, narrowed by <c>--limit</c>.</summary>
    /// <exception cref="Connections.OpsKitException">There is none, it is invalid, or nothing is left of it.</exception>
    public Estate LoadEstate()
    {
        var estate = EstateLoader.Load(settings, jumpHost, doors);
        if (!NeedsAuthorities(estate))
            doors.LeaveOutAuthorities();
        return estate;
    }

    /// <summary>
    /// The whole estate for a playbook, and the inventory's file, absolute: the one the command line names, else the one the playbook names, else the usual
    /// one. <c>--limit</c> means targets there, not endpoints.
    /// </summary>
    /// <exception cref="Connections.OpsKitException">There is none, or it is invalid.</exception>
    public (Estate Estate, string? File) LoadEstate(string? ofPlaybook)
    {
        var meant = settings with { Limit = [], Inventory = settings.Inventory ?? (settings.IsAdHoc ? null : ofPlaybook) };
        var estate = EstateLoader.Load(meant, jumpHost, doors);
        if (!NeedsAuthorities(estate))
            doors.LeaveOutAuthorities();
        return (estate, meant.IsAdHoc ? null : jumpHost.ResolvePath(EstateLoader.FindInventory(meant, jumpHost)));
    }

    /// <summary>What reaching endpoints takes.</summary>
    public EndpointAccess Access => _access.Value;

    /// <summary>Writes the report and says on stderr what to do about endpoints that are missing from it.</summary>
    /// <returns>The exit code that what came of the endpoints calls for.</returns>
    public int Report<T>(ReportTable table, FanOutResult<T> result)
    {
        Report(table);
        foreach (var next in result.NextSteps)
            terminal.Suggest(next);
        return result.ExitCode;
    }

    /// <summary>Writes a report.</summary>
    public void Report(ReportTable table) => _output.Write(table);

    /// <summary>Writes the reports of one command.</summary>
    /// <param name="tables">The reports.</param>
    /// <param name="format">The format, where it is not the one the settings ask for.</param>
    public void Report(IReadOnlyList<ReportTable> tables, OutputFormat? format = null) =>
        (format is { } one ? new ReportOutput(terminal, settings with { Output = one }, jumpHost) : _output).Write(tables);

    /// <summary>Finds out, before any endpoint is contacted, whether the report can be written.</summary>
    public void CheckOutput() => _output.Check();

    private bool NeedsAuthorities(Estate estate)
    {
        try
        {
            return SystemAuthorities.AreNeededBy(estate.Endpoints, new TrustStore(jumpHost));
        }
        catch (OpsKitException)
        {
            // A damaged trust store is told when it is needed.
            return true;
        }
    }

    public void Dispose()
    {
        if (_access.IsValueCreated)
            _access.Value.Dispose();
    }
}
