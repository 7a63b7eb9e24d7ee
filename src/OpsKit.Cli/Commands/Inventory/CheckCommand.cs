using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Inventory;

/// <summary><c>opskit inventory check</c>: whether the file is valid. Contacts nothing.</summary>
internal static class CheckCommand
{
    public static OpsCommand Create() => new("check", "Say whether the inventory is valid, and where it is not")
    {
        Details =
            """
            Reads the file and nothing else: no endpoint is contacted, no password is read.
            Every mistake is shown with its line. Whether the endpoints answer is a question
            for opskit doctor.
            """,
        UsesEndpoints = true,
        Reports = true,
        Examples =
        [
            new Example("opskit inventory check", "check ./opskit.yaml"),
            new Example("opskit inventory check --inventory lab.yaml", "check another file"),
        ],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
        Handler = (_, context, _) =>
        {
            var estate = context.LoadEstate();
            var table = ShowCommand.TableOf(estate);
            if (context.Settings is { Output: OutputFormat.Table, OutFile: null })
                context.Terminal.Data(Sentence(estate));
            else
                context.Report(table);
            foreach (var note in table.Notes)
                context.Terminal.Warn(note);
            return Task.FromResult(Cli.ExitCodes.Done);
        },
    };

    private static string Sentence(Estate estate) =>
        $"{SafeText.Line(estate.Source)} is valid: {Count(estate.VCenters, "vCenter")}, {Count(estate.Hosts, "host")}, {Count(estate.Enclosures, "enclosure")}, {Count(estate.Groups, "group")}.\n";

    private static string Count<T>(IEnumerable<T> items, string noun) => items.Count() switch { 1 => $"1 {noun}", var count => $"{count} {noun}s" };
}
