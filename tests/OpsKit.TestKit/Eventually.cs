using System.Diagnostics;

namespace OpsKit.TestKit;

/// <summary>Waits for what another process does in its own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is true.</summary>
    /// <param name="condition">Looked at every few milliseconds.</param>
    /// <param name="what">What is waited for, in the failure's words.</param>
    /// <param name="limit">How long that may take; null for a minute.</param>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) => TrueAsync(() => Task.FromResult(condition()), what, limit);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            if (started.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"Not within {(limit ?? Limit).TotalSeconds} s: {what}");
            await Task.Delay(10);
        }
    }
}
