using System.CommandLine;
using System.Globalization;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Guards;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Network;
using OpsKit.Vim25;

namespace OpsKit.Lab.Commands;

/// <summary><c>opskit-lab rehearse</c>: a playbook, run for real against a simulated estate in this process.</summary>
internal static class RehearseCommand
{
    public static OpsCommand Create()
    {
        var playbook = PlaybookSource.Argument("playbook", "The playbook to rehearse");
        var vars = PlaybookOptions.Var();
        var (size, speed, seed) = (LabSizeOption.Create(), LabSizeOption.Speed(), LabSizeOption.Seed());
        var with = new Option<string?>("--with") { HelpName = "FILE", Description = "The rehearsal file (default: NAME.rehearsal.yaml beside the playbook NAME.yaml)" };
        return new OpsCommand("rehearse", "Run a playbook against a simulated estate, from plan to report")
        {
            Group = CommandGroup.Lab,
            Arguments = { playbook },
            Options = { vars, GlobalOptions.Limit, size, speed, seed, with },
            Details =
                """
                Builds an estate in memory, plans the playbook against it, shows the plan, and runs it
                as opskit apply would: with its guards, its journal, its report. Nothing outside this
                process is touched, whatever the playbook's inventory says; reports go into the
                rehearsal's folder. Its clock runs fast; --speed 1 shows it as it would really be.

                What is to go wrong stands in a rehearsal file beside the playbook: the size of the
                estate, its speed, and faults. Questions of a real run are answered yes, and told.
                """,
            Examples =
            [
                new Example("opskit-lab rehearse night.yaml", "in a small estate, sixty times as fast as it would be"),
                new Example("opskit-lab rehearse night.yaml --size field --speed 600", "in two enclosures, in a hurry"),
                new Example("opskit-lab rehearse night.yaml --with bad-night.yaml", "with other faults"),
            ],
            ExitCodes = ApplyCommand.Codes,
            Handler = (parsed, context, ct) =>
            {
                var source = PlaybookSource.Read(context, parsed.GetValue(playbook) ?? "", PlaybookOptions.Vars(parsed, vars));
                var file = RehearsalOf(context.JumpHost, parsed.GetValue(with), source.File!);
                var options = new LabOptions
                {
                    Size = parsed.GetValue(size) is { } asked ? LabSizeOption.SizeOf(asked) : file.Size ?? LabSize.Small,
                    Speed = parsed.GetValue(speed) is { } fast ? LabSizeOption.SpeedOf(fast) : file.Speed ?? LabOptions.DefaultSpeed,
                    Seed = parsed.GetValue(seed) is { } same ? LabSizeOption.SeedOf(same) : file.Seed ?? LabOptions.DefaultSeed,
                    Mistakes = file.Mistakes ?? true,
                    Folder = parsed.GetValue(LabFolderOption.Folder) is { Length: > 0 } named ? context.JumpHost.ResolvePath(named) : Path.Combine(context.JumpHost.StateDirectory, "rehearsal"),
                    Clock = context.JumpHost.Clock,
                };
                return RehearseAsync(context, source, options, file.Faults, ct);
            },
        };
    }

    private static RehearsalFile RehearsalOf(JumpHost jumpHost, string? named, string playbook)
    {
        if (named is not null)
            return RehearsalFile.Read(jumpHost.ResolvePath(named), named);
        var beside = RehearsalFile.PathOf(playbook);
        return File.Exists(beside) ? RehearsalFile.Read(beside, Path.GetRelativePath(jumpHost.WorkingDirectory, beside)) : new RehearsalFile();
    }

    private static async Task<int> RehearseAsync(CommandContext context, PlaybookSource source, LabOptions options, IReadOnlyList<Fault> faults, CancellationToken ct)
    {
        var server = await LabServer.StartAsync(options, ct).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            foreach (var fault in faults.Where(fault => fault.At is null))
                server.Faults.Add(fault);
            Welcome(context.Terminal, server, faults);
            server.Faults.Hit += (fault, endpoint, operation) => context.Terminal.Say($"lab: fault {fault.Number} strikes {endpoint} at {operation} ({FaultWords.Of(fault.Kind)})");
            using var rehearsal = new CommandContext(
                context.JumpHost with { StateDirectory = Path.Combine(server.Folder, "state"), Environment = WithVcsu(context.JumpHost, server) },
                context.Terminal,
                context.Settings with { Inventory = server.InventoryFile, Servers = [], Hosts = [] },
                DoorsTo(server, faults.Where(fault => fault.At is not null)));
            var exitCode = await ApplyCommand.RunAsync(rehearsal, source with { Inventory = null }, new Agreement(Yes: true, Name: null) { Rehearsal = true }, ct).ConfigureAwait(false);
            context.Terminal.Say($"lab: {Count(server.Log.All.Count, "operation")} received, {Count(server.Log.Changes.Count(), "change")}; {Durations(server.Estate.Clock)}");
            return exitCode;
        }
    }

    /// <summary>VCSU is the lab's, whatever is installed here.</summary>
    private static Dictionary<string, string> WithVcsu(JumpHost jumpHost, LabServer server) =>
        new(jumpHost.Environment, StringComparer.Ordinal) { ["OPSKIT_VCSU"] = Path.Combine(server.Folder, VcsuScript.Name) };

    /// <summary>The engine is the real one; only the world's ends are the lab's. The clock of the connections stays the real one: their deadlines are about this machine.</summary>
    private static Cli.Commands.Doors DoorsTo(LabServer server, IEnumerable<Fault> duringRun)
    {
        var probe = new LabProbe(server.Network, server.Estate.Clock);
        return Cli.Commands.Doors.ToTheWorld with
        {
            SshTransport = server.SshTransport,
            RunClock = server.Estate.Clock,
            Guards = usual => usual with { Icmp = probe, Tcp = probe },
            Ports = _ => LabPortProbe.Of(server.Estate, server.Network),
            ReportFolder = server.Folder,
            BeforeRun = () =>
            {
                foreach (var fault in duringRun)
                    server.Faults.Add(fault with { At = server.Estate.Clock.Elapsed + fault.At });
            },
            AfterRun = run => $"the rehearsal's journal: OPSKIT_STATE_DIR={Path.Combine(server.Folder, "state")} opskit runs show {run.Id}",
        };
    }

    private static void Welcome(Terminal terminal, LabServer server, IReadOnlyList<Fault> faults)
    {
        var estate = server.Estate;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Rehearsal in a simulated {server.Options.Size.ToString().ToLowerInvariant()} estate (seed {server.Options.Seed}): {Count(estate.VCenters.Count, "vCenter")}, {Count(estate.Hosts.Count, "host")}, {Count(estate.Machines.Count, "virtual machine")}, {Count(estate.Enclosures.Count, "enclosure")}; its clock runs {server.Options.Speed:0.##} times as fast as yours."));
        foreach (var fault in faults)
            terminal.Say($"What goes wrong: {fault}");
        terminal.SayPainted("");
    }

    private static string Durations(LabClock clock) =>
        $"{Connections.Yaml.Durations.Words(clock.Elapsed)} of the lab's time went by in {Connections.Yaml.Durations.Words(clock.Elapsed / clock.Speed)}";

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");
}
