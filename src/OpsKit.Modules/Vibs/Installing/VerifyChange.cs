using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>After a restart: waits until the host's management service answers, and looks that what was installed is what runs.</summary>
internal sealed class VerifyChange(IApplyingDoors doors, Target target, VibOrder order)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<ChangeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var host = await HostImages.AwaitAsync(doors, target, Patience, cancellationToken).ConfigureAwait(false);
        if (order.IsMetBy(host.Vibs))
            return new ChangeResult(order.Wanted.Count > 0 ? string.Join(", ", order.Wanted.Select(wanted => wanted.Replace('=', ' '))) : $"gone: {string.Join(", ", order.Unwanted)}");
        var missing = order.Wanted.Where(wanted => host.Vibs.All(vib => $"{vib.Name}={vib.Version}" != wanted))
            .Select(wanted => $"{wanted.Replace('=', ' ')} is not there{(host.Find(wanted.Split('=')[0]) is { } other ? $", {other.Version} is" : "")}");
        var staying = order.Unwanted.Where(name => host.Find(name) is not null).Select(name => $"{name} is still there");
        throw new OpsKitException(
            FailureKind.Failed, $"it was restarted, and does not run what it should: {string.Join("; ", missing.Concat(staying))}; it is left in maintenance mode", target.Name, "look at /var/log/esxupdate.log and at the boot banks of the host");
    }
}
