using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>Sets a host's acceptance level and reads it back.</summary>
internal static class AcceptanceChange
{
    public static async Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken)
    {
        var name = HostShells.NameOf(doors, target);
        var session = await doors.SshAsync(name, cancellationToken).ConfigureAwait(false);
        var command = PosixShell.Command("esxcli", "software", "acceptance", "set", $"--level={change.After}");
        var said = await session.RunAsync(new RemoteCommand(command) { Timeout = TimeSpan.FromMinutes(3) }, cancellationToken).ConfigureAwait(false);
        if (!said.Succeeded)
            throw EsxcliFailure.Parse(said.Output + said.Error).ToException("the acceptance level was not set", target.Name);
        var now = await HostSoftwareReader.LevelAsync(await doors.ShellAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return now.Acceptance?.ToString() == change.After
            ? new ChangeResult(change.After)
            : throw new OpsKitException(FailureKind.Failed, $"the host took the acceptance level {change.After}, and has {now.Acceptance} all the same", target.Name);
    }
}
