using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary><c>opskit doctor</c>: everything that could be wrong with a jump host, each with the line that mends it.</summary>
internal static class DoctorCommand
{
    public static OpsCommand Create()
    {
        var login = new Option<bool>("--login") { Description = "Also log in to every endpoint, once" };
        return new OpsCommand("doctor", "Find out what is wrong with this jump host, and how to mend it")
        {
            Group = CommandGroup.JumpHost,
            Details =
                """
                Checks the inventory, credentials, names, ports, certificates, host keys, clocks,
                folders and permissions, many endpoints at a time. Nothing is changed. A failure
                comes with the command that mends it. Logins are tried only with --login, and
                never twice: accounts lock.
                """,
            Options = { login },
            UsesEndpoints = true,
            Reports = true,
            Examples =
            [
                new Example("opskit doctor", "check everything but logins"),
                new Example("opskit doctor --login --limit vc1", "one endpoint, with its login, clock and SSH services"),
                new Example("opskit doctor --output json", "for monitoring"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
            Handler = (parsed, context, ct) => RunAsync(context, parsed.GetValue(login), ct),
        };
    }

    private static async Task<int> RunAsync(CommandContext context, bool login, CancellationToken ct)
    {
        var probes = context.Doors.Probe(context);
        var findings = new List<Finding>(await LocalChecks.RunAsync(context.JumpHost, probes, ct));
        if (LoadEstate(context, findings) is { } estate)
        {
            findings.Add(LocalChecks.Timeouts(estate));
            findings.AddRange(LocalChecks.Credentials(estate, context.JumpHost, context.Terminal.Capabilities.Interactive));
            var checks = new EndpointChecks(probes, login, context.JumpHost.Clock);
            var result = await EndpointFanOut.RunAsync(estate.Endpoints, checks.RunAsync, ct);
            findings.AddRange(result.Outcomes.SelectMany(FindingsOf));
        }

        Show(context, findings);
        return DoctorReport.ExitCodeOf(findings);
    }

    private static IEnumerable<Finding> FindingsOf(EndpointOutcome<IReadOnlyList<Finding>> outcome) =>
        outcome.Value ?? [Finding.Failure("endpoint", outcome.Endpoint.Name, outcome.Failure!)];

    private static Estate? LoadEstate(CommandContext context, List<Finding> findings)
    {
        try
        {
            var estate = context.LoadEstate();
            findings.Add(Finding.Ok("inventory", null, $"{estate.Source}: {estate.Endpoints.Count} {(estate.Endpoints.Count == 1 ? "endpoint" : "endpoints")}"));
            return estate;
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Usage)
        {
            findings.Add(Finding.Failure("inventory", null, new OpsKitException(failure.Kind, failure.Message, next: failure.Next ?? "opskit inventory check")));
            return null;
        }
    }

    private static void Show(CommandContext context, List<Finding> findings)
    {
        if (context.Settings is { Output: OutputFormat.Table, OutFile: null })
            context.Terminal.Data(DoctorDrawing.Draw(findings, context.Terminal.Capabilities));
        else
            context.Report(DoctorReport.TableOf(findings));
        context.Terminal.Say(DoctorReport.Summary(findings));
    }
}
