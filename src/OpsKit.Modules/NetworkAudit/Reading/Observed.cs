using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>What was read of a target, or why it was not.</summary>
/// <param name="Target">The target.</param>
/// <param name="State">What was read; null where it was not.</param>
/// <param name="Failure">Why it was not.</param>
internal sealed record Observed<T>(Target Target, T? State, string? Failure = null)
    where T : class;

/// <summary>Observes many targets at once; one that cannot be read stops no other.</summary>
internal static class Observing
{
    /// <summary>How many hosts are read at a time: a login and a channel each. SSH limits itself besides (<c>SshOptions</c>).</summary>
    public const int Width = 64;

    /// <summary>Reads each target.</summary>
    public static async Task<IReadOnlyList<Observed<T>>> EachAsync<T>(
        IReadOnlyList<Target> targets, Func<Target, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var all = new Observed<T>[targets.Count];
        await Parallel.ForAsync(
            0,
            targets.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken },
            async (place, token) => all[place] = await OneAsync(targets[place], read, token).ConfigureAwait(false)).ConfigureAwait(false);
        return all;
    }

    /// <summary>Reads one target; what a vCenter or a shell refuses is told.</summary>
    public static async Task<Observed<T>> OneAsync<T>(Target target, Func<Target, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new Observed<T>(target, await read(target, cancellationToken).ConfigureAwait(false));
        }
        catch (OpsKitException failure)
        {
            return new Observed<T>(target, null, failure.What);
        }
        catch (VimException failure)
        {
            return new Observed<T>(target, null, failure.Message);
        }
    }
}
