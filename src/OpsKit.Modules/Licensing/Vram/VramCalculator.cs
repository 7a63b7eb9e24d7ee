using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// Counts vRAM. Pure: what was observed and the terms in, lines out.
/// </summary>
/// <remarks>
/// The rules, and where sources leave room the decision:
/// <list type="bullet">
/// <item>One pool for each edition of a vCenter or Linked Mode group; editions never share (vSphere 5.0 documentation).</item>
/// <item>A key brings entitlement × its whole capacity as soon as it is assigned to one host of the pool, whatever that host's sockets
/// (vendor's example: a Standard key for 10 processors brings 320 GB). Keys assigned to no host are outside and shown apart.</item>
/// <item>Used is the configured memory of powered-on machines, each up to the table's cap, wherever in the pool they run.</item>
/// <item>The terms speak of ESXi 5.0 hosts. Hosts of other versions count as if they ran 5.0, and a note says how many: the report
/// is asked for before an upgrade, too. Hosts before 4.1 cannot: vCenter does not report their licences.</item>
/// <item>A disconnected host's key stays in the pool; its machines, whose state is only the last known one, stand on a line of their own.</item>
/// </list>
/// </remarks>
public static class VramCalculator
{
    /// <summary>Counts.</summary>
    /// <param name="estate">What was observed.</param>
    /// <param name="tables">The licence facts.</param>
    /// <param name="options">What to count.</param>
    /// <exception cref="OpsKit.Connections.OpsKitException">The tables have no table of the asked name (usage).</exception>
    public static VramAccount Calculate(LicensingEstate estate, LicensingTables tables, VramOptions options)
    {
        ArgumentNullException.ThrowIfNull(estate);
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(options);
        var table = tables.VramTable(options.AsOf);
        var catalog = new EditionCatalog(tables);
        var lines = new List<VramLine>();
        var notAssessed = new List<NotAssessed>(estate.NotAssessed);
        var notes = new VramNotes(table, catalog, options);

        foreach (var site in estate.States.GroupBy(state => state.LinkedGroup is { } group ? (group, true) : (state.VCenter, false)))
        {
            IReadOnlyList<LicensingState> states = [.. site];
            var licenses = new SiteLicenses(states);
            var counted = new SiteCount(states[0].Site, states, licenses, catalog, table, options);
            lines.AddRange(counted.Lines(estate.MissingFrom(states[0].Site)));
            notAssessed.AddRange(counted.NotAssessed);
            notes.Site(states, licenses);
        }

        notes.Lines(lines);
        return new VramAccount { Table = table, Lines = lines, Notes = notes.All, NotAssessed = notAssessed };
    }

    /// <summary>Memory one machine contributes to the used memory, in MB.</summary>
    /// <param name="memoryMB">Its configured memory in MB.</param>
    /// <param name="powerState">Its power state.</param>
    /// <param name="table">The terms.</param>
    public static long CountedMB(long memoryMB, string? powerState, VramTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return powerState == "poweredOn" ? Math.Min(memoryMB, table.CapPerMachineMB ?? long.MaxValue) : 0;
    }
}
