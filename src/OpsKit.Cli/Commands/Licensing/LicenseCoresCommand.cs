using OpsKit.Modules.Licensing;

namespace OpsKit.Cli.Commands.Licensing;

/// <summary><c>opskit license cores</c>.</summary>
internal static class LicenseCoresCommand
{
    public static OpsCommand Create()
    {
        var by = LicenseCommand.By("host", "cluster");
        var tables = LicenseCommand.Tables();
        return new OpsCommand("cores", "Core licences needed today: sockets × max(16, cores per socket)")
        {
            Options = { by, tables },
            UsesEndpoints = true,
            Reports = true,
            Details = "Hosts in evaluation are counted and named. Hosts that need no core licence (HCX, vSAN\nwitness appliances) are named without a figure.",
            Examples =
            [
                new Example("opskit license cores", "by host, with the total"),
                new Example("opskit license cores --by cluster --output csv", "by cluster, as CSV"),
            ],
            ExitCodes = LicenseCommand.ExitCodes,
            Handler = async (parsed, context, ct) =>
            {
                var detail = LicenseCommand.Choice(parsed, by, ("host", CoreDetail.Host), ("cluster", CoreDetail.Cluster));
                var facts = LicensingTablesReader.Load(context.JumpHost, parsed.GetValue(tables));
                var read = await LicensingSource.ReadAsync(context, LicensingParts.Settings, facts, ct);
                return context.Report(CoreReport.Of(CoreCalculator.Calculate(read.Estate, facts), detail), read.Result);
            },
        };
    }
}
