using OpsKit.Modules.Licensing;

namespace OpsKit.Cli.Commands.Licensing;

/// <summary><c>opskit license list</c>.</summary>
internal static class LicenseListCommand
{
    public static OpsCommand Create()
    {
        var showKeys = LicenseCommand.ShowKeys();
        var tables = LicenseCommand.Tables();
        return new OpsCommand("list", "Licence keys: edition, total, used, assigned to, expiry")
        {
            Options = { showKeys, tables },
            UsesEndpoints = true,
            Reports = true,
            Details = "Keys are masked in every format unless --show-keys is given. vCenters that the\ninventory names one linked group share their keys; each key is one row then.",
            Examples =
            [
                new Example("opskit license list", "all keys of the inventory's vCenters"),
                new Example("opskit license list --show-keys --out keys.csv", "in full, into a file"),
            ],
            ExitCodes = LicenseCommand.ExitCodes,
            Handler = async (parsed, context, ct) =>
            {
                var facts = LicensingTablesReader.Load(context.JumpHost, parsed.GetValue(tables));
                var read = await LicensingSource.ReadAsync(context, LicensingParts.None, facts, ct);
                return context.Report(LicenseListReport.Of(LicenseInventory.List(read.Estate, facts), parsed.GetValue(showKeys)), read.Result);
            },
        };
    }
}
