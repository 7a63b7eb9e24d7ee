using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Modules.Licensing;

namespace OpsKit.Cli.Commands.Licensing;

/// <summary><c>opskit license vram</c>.</summary>
internal static class LicenseVramCommand
{
    public static OpsCommand Create()
    {
        var options = new VramCommandLine();
        return new OpsCommand("vram", "vRAM configured, used and entitled, by pool")
        {
            Options = { options.By, options.AsOf, options.IncludeFt, options.ShowKeys, options.Record, options.History, options.Tables },
            UsesEndpoints = true,
            Reports = true,
            Details = "A pool is an edition of a vCenter, or of the vCenters that the inventory names one\nlinked group. What is in no pool has a row with the reason.",
            Examples =
            [
                new Example("opskit license vram --out vram.csv", "pools, into a CSV file"),
                new Example("opskit license vram --by vm", "the virtual machines behind them"),
                new Example("opskit license vram --record", "keep today's high-water mark; for a scheduler"),
                new Example("opskit license vram --history", "daily marks and the 365-day average"),
            ],
            ExitCodes = [.. LicenseCommand.ExitCodes, Cli.ExitCodes.Locked],
            Handler = (parsed, context, ct) => parsed.GetValue(options.History) ? HistoryAsync(options, parsed, context, ct) : CountAsync(options, parsed, context, ct),
        };
    }

    private static async Task<int> CountAsync(VramCommandLine options, ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        var detail = LicenseCommand.Choice(
            parsed, options.By, ("pool", VramDetail.Pool), ("host", VramDetail.Host), ("vm", VramDetail.Machine), ("key", VramDetail.Key));
        var facts = LicensingTablesReader.Load(context.JumpHost, parsed.GetValue(options.Tables));
        var counting = new VramOptions
        {
            AsOf = parsed.GetValue(options.AsOf),
            IncludeFaultToleranceSecondaries = parsed.GetValue(options.IncludeFt),
            ShowKeys = parsed.GetValue(options.ShowKeys),
        };
        facts.VramTable(counting.AsOf);

        var read = await LicensingSource.ReadAsync(context, LicensingParts.Machines, facts, ct);
        var account = VramCalculator.Calculate(read.Estate, facts, counting);
        var exitCode = context.Report(VramReport.Of(account, detail, counting.ShowKeys), read.Result);
        if (parsed.GetValue(options.Record))
            await RecordAsync(account, context, ct);
        return exitCode;
    }

    private static async Task RecordAsync(VramAccount account, CommandContext context, CancellationToken ct)
    {
        var store = new VramHistoryStore(context.JumpHost);
        var marks = VramHistory.MarksOf(account, context.JumpHost.Clock.GetUtcNow());
        foreach (var site in account.Pools.Where(pool => pool.MissingVCenters.Count > 0).Select(pool => pool.Site).Distinct(StringComparer.Ordinal))
            context.Terminal.Warn($"{site} is not recorded: a pool that lacks a vCenter's share would leave too low a mark");
        if (marks.Count == 0)
        {
            context.Terminal.Warn("nothing recorded: there is no pool to record");
            return;
        }

        var recorded = await store.RecordAsync(marks, ct);
        context.Terminal.Say($"{(recorded.Count == 1 ? "1 mark" : $"{recorded.Count} marks")} of {recorded[0].Day:yyyy-MM-dd} (UTC) recorded in {store.File}");
    }

    private static async Task<int> HistoryAsync(VramCommandLine options, ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        foreach (var (given, name) in new[] { (parsed.GetValue(options.Record), "--record"), (parsed.GetValue(options.By) is not null, "--by") })
        {
            if (given)
                throw new OpsKitException(FailureKind.Usage, $"--history and {name} exclude each other", next: "leave one of them out");
        }

        var table = LicensingTablesReader.Load(context.JumpHost, parsed.GetValue(options.Tables)).VramTable(parsed.GetValue(options.AsOf));
        var history = await new VramHistoryStore(context.JumpHost).ReadAsync(ct);
        context.Report(VramHistoryReport.Of(history, table.Name, DateOnly.FromDateTime(context.JumpHost.Clock.GetUtcNow().UtcDateTime)));
        return Cli.ExitCodes.Done;
    }
}

/// <summary>The options of <c>opskit license vram</c>.</summary>
internal sealed class VramCommandLine
{
    public Option<string?> By { get; } = LicenseCommand.By("pool", "host", "vm", "key");

    public Option<string?> AsOf { get; } = AsOfOption();

    public Option<bool> IncludeFt { get; } = Flag("--include-ft", "Count secondaries of Fault Tolerance pairs in their pool");

    public Option<bool> ShowKeys { get; } = LicenseCommand.ShowKeys();

    public Option<bool> Record { get; } = Flag("--record", "Keep the day's high-water mark (UTC) in the state folder");

    public Option<bool> History { get; } = Flag("--history", "Show the recorded marks and the 365-day average; contacts nothing");

    public Option<string?> Tables { get; } = LicenseCommand.Tables();

    private static Option<string?> AsOfOption()
    {
        var option = new Option<string?>("--as-of") { HelpName = "TABLE", Description = "Entitlement table: 2011-07 as announced, 2011-08 as revised (default 2011-08)" };
        option.CompletionSources.Add("2011-07", "2011-08");
        return option;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
