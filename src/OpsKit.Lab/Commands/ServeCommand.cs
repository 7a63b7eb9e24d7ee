using System.CommandLine;
using System.Globalization;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.Commands;

/// <summary><c>opskit-lab serve</c>: an estate until Ctrl-C.</summary>
internal static class ServeCommand
{
    private const int HighestPort = 65535;

    public static OpsCommand Create()
    {
        var size = LabSizeOption.Create();
        var speed = LabSizeOption.Speed();
        var seed = LabSizeOption.Seed();
        var port = new Option<string?>("--port") { HelpName = "N", Description = "TCP port of the first vCenter (default: any free one)" };
        var sshd = new Option<bool>("--sshd") { Description = "Serve the shells over SSH, by this machine's OpenSSH" };
        var check = new Option<bool>("--check-messages") { Description = "Hold each message of the vCenters to the vim25 schema, and tell what is not valid" };
        return new OpsCommand("serve", "Serve a simulated estate until Ctrl-C")
        {
            Group = CommandGroup.Lab,
            Details =
                """
                Builds an estate in memory and serves it on loopback addresses: vCenters over HTTPS,
                and with --sshd the shells of hosts, Onboard Administrators, Virtual Connect modules
                and iLOs over SSH. The folder gets an inventory with pinned certificates and host
                keys, so that opskit talks to the lab like to anything else. The state is gone when
                it ends; the same size and seed give the same estate again.

                What is done to it is told as it happens: changes, logins, and faults that strike.

                For work on vim25 clients, --check-messages validates their requests and the lab's
                answers; where one is not valid, the exit code is 1.
                """,
            Options = { size, speed, seed, port, sshd, check },
            Examples =
            [
                new Example("opskit-lab serve", "a small estate"),
                new Example("opskit-lab serve --size field --speed 600", "two enclosures, ten minutes a second"),
                new Example("opskit-lab serve --sshd --folder lab", "with SSH, files in ./lab"),
            ],
            ExitCodes = [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Locked],
            EndsByInterruption = true,
            Handler = (parsed, context, ct) => ServeAsync(
                new LabOptions
                {
                    Size = LabSizeOption.SizeOf(parsed.GetValue(size)),
                    Speed = LabSizeOption.SpeedOf(parsed.GetValue(speed)),
                    Seed = LabSizeOption.SeedOf(parsed.GetValue(seed)),
                    Port = LabSizeOption.Integer("--port", parsed.GetValue(port), 1, HighestPort) ?? 0,
                    Sshd = parsed.GetValue(sshd),
                    CheckMessages = parsed.GetValue(check),
                    Folder = LabFolderOption.Of(parsed, context.JumpHost),
                    Clock = context.JumpHost.Clock,
                },
                context, ct),
        };
    }

    private static async Task<int> ServeAsync(LabOptions options, CommandContext context, CancellationToken ct)
    {
        var server = await LabServer.StartAsync(options, ct).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            void Told(LoggedOperation operation)
            {
                if (operation.Kind == OperationKind.Query)
                    context.Terminal.Detail(Line(operation));
                else
                    context.Terminal.Say(Line(operation));
            }

            server.Log.Logged += Told;
            if (server.Messages is { } messages)
                messages.Violated += violation => context.Terminal.Say($"{Time(server.Estate.Clock.Elapsed)}  not valid  {violation}");
            server.Faults.Hit += (fault, endpoint, operation) => context.Terminal.Say($"{Time(server.Estate.Clock.Elapsed)}  fault {fault.Number} strikes  {endpoint}  {operation}: {FaultWords.Of(fault.Kind)}");
            context.Terminal.Data(Welcome(server, context.JumpHost));
            context.Terminal.Flush();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                context.Terminal.Say($"the lab ends after {Count(server.Log.All.Count, "operation")}, {Count(server.Log.Changes.Count(), "change")}");
            }

            return Judge(server.Messages, context);
        }
    }

    private static int Judge(MessageCheck? messages, CommandContext context)
    {
        if (messages is null)
            return ExitCodes.Done;
        context.Terminal.Say($"{Count(messages.Checked, "message")} held to the schema, {Count(messages.Violations.Count, "violation")}");
        return messages.Violations.IsEmpty ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Welcome(LabServer server, JumpHost jumpHost)
    {
        var estate = server.Estate;
        var inventory = Shown(server.InventoryFile, jumpHost);
        var size = server.Options.Size.ToString().ToLowerInvariant();
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            A {size} estate, seed {server.Options.Seed}: {Count(estate.VCenters.Count, "vCenter")}, {Count(estate.Hosts.Count, "host")}, {Count(estate.Machines.Count, "virtual machine")}, {Count(estate.Enclosures.Count, "enclosure")}.
            Its clock runs {server.Options.Speed:0.##} times as fast as yours. Ctrl-C ends it, and nothing of it is kept.

            """);
        foreach (var served in server.VCenters)
            text += $"  {served.VCenter.Name}  https://127.0.0.1:{served.Port}/sdk  vCenter {served.VCenter.Version}\n";
        foreach (var enclosure in estate.Enclosures)
            text += $"  {enclosure.Name}  https://{enclosure.Oas[0].Address}:{server.Enclosures.XmlData.Port}/xmldata?item=all  Onboard Administrator {enclosure.OaFirmware.Split(' ')[0]}\n";
        if (server.SshPort is not null && !server.SshGivesTerminals)
            text += "\nShells are without a terminal: /dev/pts is mounted without gid=5 here, and only root may set its group.\n";
        text += $"\nType next, in another window:\n  opskit doctor --inventory {inventory}\n  opskit license list --inventory {inventory}\n  opskit-lab log --follow{FolderOption(server, jumpHost)}\n";
        if (server.SshPort is not null)
            text += $"  ssh -F {Shown(Path.Combine(server.Folder, "ssh_config"), jumpHost)} {server.Doors.All.Select(shell => shell.Name).FirstOrDefault()}\n";
        return text + "\n";
    }

    private static string FolderOption(LabServer server, JumpHost jumpHost) =>
        server.Folder == Path.Combine(jumpHost.StateDirectory, "lab") ? "" : $" --folder {Shown(server.Folder, jumpHost)}";

    private static string Shown(string path, JumpHost jumpHost)
    {
        var relative = Path.GetRelativePath(jumpHost.WorkingDirectory, path);
        return PosixShell.Quote(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }

    private static string Line(LoggedOperation operation) =>
        $"{Time(operation.LabTime)}  {(operation.Kind == OperationKind.Change ? "CHANGE " : operation.Kind == OperationKind.Session ? "session" : "query  ")}  {operation.Endpoint}  {operation.Operation}: {operation.Summary}";

    private static string Time(TimeSpan labTime) => labTime.ToString(labTime.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");
}
