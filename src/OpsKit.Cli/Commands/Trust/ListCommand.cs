using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Commands.Trust.TrustEntry>;

namespace OpsKit.Cli.Commands.Trust;

/// <summary><c>opskit trust list</c>: every certificate and host key that is trusted.</summary>
internal static class ListCommand
{
    public static OpsCommand Create() => new("list", "List what is trusted")
    {
        Reports = true,
        Examples =
        [
            new Example("opskit trust list", "certificates and host keys"),
            new Example("opskit trust list --output csv", "for a spreadsheet"),
        ],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
        Handler = (_, context, _) =>
        {
            var entries = context.Doors.Trust(context).All();
            context.Report(ReportTable.From(
                "trust",
                entries,
                Column.Text("Address", entry => entry.Address),
                Column.Text("Kind", entry => entry.Kind, "certificate or host key"),
                Column.Text("Fingerprint", entry => entry.Fingerprint, "SHA-256"),
                Column.Date("Added", entry => entry.Added),
                Column.Text("Comment", entry => entry.Comment)));
            if (entries.Count == 0)
                context.Terminal.Say("nothing is trusted yet; opskit trust add NAME");
            return Task.FromResult(Cli.ExitCodes.Done);
        },
    };
}
