namespace OpsKit.Modules.Licensing;

/// <summary>The account's figures as they are printed, in tenths of a GB: every level adds up to the one above.</summary>
internal sealed record PrintedVram(Printed Total, IReadOnlyList<PrintedLine> Lines)
{
    public static PrintedVram Of(VramAccount account)
    {
        var total = new Printed(
            Apportionment.Tenths(account.Lines.Sum(line => line.ConfiguredMB)),
            Apportionment.Tenths(account.Lines.Sum(line => line.UsedMB)));
        var lines = Share(account.Lines, total, line => line.ConfiguredMB, line => line.UsedMB);
        return new PrintedVram(total, [.. lines.Select(share => Of(share.Part, share.Figures))]);
    }

    private static PrintedLine Of(VramLine line, Printed figures)
    {
        var hosts = Share(
            line.Hosts,
            figures,
            host => host.Machines.Sum(machine => machine.ConfiguredMB),
            host => host.Machines.Sum(machine => machine.UsedMB));
        return new PrintedLine(line, figures, [.. hosts.Select(host => new PrintedHost(
            host.Part,
            host.Figures,
            [.. Share(host.Part.Machines, host.Figures, machine => machine.ConfiguredMB, machine => machine.UsedMB)
                .Select(machine => new PrintedMachine(machine.Part, machine.Figures))]))]);
    }

    private static IEnumerable<(T Part, Printed Figures)> Share<T>(
        IReadOnlyList<T> parts, Printed whole, Func<T, long> configured, Func<T, long> used)
    {
        var configuredTenths = Apportionment.Apportion([.. parts.Select(configured)], whole.ConfiguredTenths);
        var usedTenths = Apportionment.Apportion([.. parts.Select(used)], whole.UsedTenths);
        return parts.Select((part, i) => (part, new Printed(configuredTenths[i], usedTenths[i])));
    }
}

/// <summary>Configured and used memory in tenths of a GB.</summary>
internal sealed record Printed(long ConfiguredTenths, long UsedTenths)
{
    public decimal Configured => ConfiguredTenths / 10m;

    public decimal Used => UsedTenths / 10m;
}

internal sealed record PrintedLine(VramLine Line, Printed Figures, IReadOnlyList<PrintedHost> Hosts);

internal sealed record PrintedHost(VramHost Host, Printed Figures, IReadOnlyList<PrintedMachine> Machines);

internal sealed record PrintedMachine(VramMachine Machine, Printed Figures);
