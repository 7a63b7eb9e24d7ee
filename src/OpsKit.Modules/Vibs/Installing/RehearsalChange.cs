using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>Has the host try it with <c>--dry-run</c>: what it refuses comes to light before anything moves.</summary>
internal sealed class RehearsalChange(IApplyingDoors doors, Target target, VibOrder order)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<ChangeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        await new UploadChange(doors, target, order).EnsureAsync(cancellationToken).ConfigureAwait(false);
        var shell = await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false);

        // The mode it will be in then: without that a host refuses what needs it.
        string[] options = order.Enters ? [.. order.Options(), "--maintenance-mode"] : [.. order.Options()];
        var said = await shell.RunAsync(ReadingCommand.EsxcliDryRun(EsxcliFormat.Xml, order.Command, options) with { Timeout = Patience }, cancellationToken).ConfigureAwait(false);
        if (!said.Succeeded)
            throw Refused(EsxcliFailure.Parse(said.Output + said.Error));
        var result = Read(said.Output);
        if (result.RebootRequired == true && !order.NeedsRestart)
        {
            throw new OpsKitException(
                FailureKind.Failed, "the host says that it must restart for it, which the plan does not have; nothing was changed", target.Name, "plan it with no-live-install: true, which has the restart in it");
        }

        return new ChangeResult(result.Message.Length > 0 ? result.Message : "the host takes it");
    }

    private OpsKitException Refused(EsxcliFailure failure)
    {
        var told = failure.ToException("the host refuses it", target.Name);
        return new OpsKitException(told.Kind, told.What, target.Name, told.Next);
    }

    private InstallationResult Read(string output)
    {
        try
        {
            return InstallationResult.Read(output);
        }
        catch (FormatException damaged)
        {
            throw new OpsKitException(FailureKind.Failed, $"what the host says of a dry run cannot be read: {damaged.Message}; nothing was changed", target.Name, innerException: damaged);
        }
    }
}
