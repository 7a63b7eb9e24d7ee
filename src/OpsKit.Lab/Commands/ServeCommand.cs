using System.CommandLine;
using System.Globalization;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Estate;
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
                    context.Terminal.Detail(OperationLine.Of(operation));
                else
                    context.Terminal.Say(OperationLine.Of(operation));
            }

            server.Log.Logged += Told;
            if (server.Messages is { } messages)
                messages.Violated += violation => context.Terminal.Say($"{LabTimes.Text(server.Estate.Clock.Elapsed)}  not valid  {violation}");
            server.Faults.Hit += (fault, endpoint, operation) => context.Terminal.Say(
                OperationLine.Of(server.Estate.Clock.Elapsed, "FAULT", endpoint, $"{operation}: {FaultWords.Of(fault.Kind)}, fault {fault.Number}"));
            context.Terminal.Data(ServeWelcome.Of(server, context.JumpHost));
            context.Terminal.Flush();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                if (context.Terminal.Capabilities.Interactive)
                    context.Terminal.Say("");
                context.Terminal.Say($"the lab ends after {Counted.Of(server.Log.All.Count, "operation")}, {Counted.Of(server.Log.Changes.Count(), "change")}");
            }

            return Judge(server.Messages, context);
        }
    }

    private static int Judge(MessageCheck? messages, CommandContext context)
    {
        if (messages is null)
            return ExitCodes.Done;
        context.Terminal.Say($"{Counted.Of(messages.Checked, "message")} held to the schema, {Counted.Of(messages.Violations.Count, "violation")}");
        return messages.Violations.IsEmpty ? ExitCodes.Done : ExitCodes.Failed;
    }
}
