using System.Globalization;
using System.Net;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Measures how long a machine stands still, by pings of its guest.</summary>
internal sealed class StunLength : IAsyncDisposable
{
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(2);

    private readonly string? _address;
    private readonly OutageWatch? _watch;

    private StunLength(string? address, OutageWatch? watch) => (_address, _watch) = (address, watch);

    /// <summary>Begins to ping; returns when the first ping came back or was lost.</summary>
    /// <param name="doors">The change's doors.</param>
    /// <param name="target">The machine.</param>
    /// <param name="address">Its guest's address as the server tells it; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<StunLength> BeginAsync(IApplyingDoors doors, Target target, string? address, CancellationToken cancellationToken)
    {
        // What a guest says of itself is pinged only where it is an address.
        if (!IPAddress.TryParse(address, out var known))
            return new StunLength(null, null);
        var length = new StunLength(known.ToString(), doors.Measure(new ProbeTarget(target.Name, known.ToString(), 0)));
        if (length._watch is { } watch)
            await Task.WhenAny(watch.FirstHeardAsync(cancellationToken), Task.Delay(FirstAnswer, doors.JumpHost.Clock, cancellationToken)).ConfigureAwait(false);
        return length;
    }

    /// <summary>What was measured so far, in words.</summary>
    public string Words => _watch?.Seen switch
    {
        null => _address is null ? "stun not measured: no address of its guest is known" : "stun not measured: nothing to ping with",
        { Sent: 0 } => $"stun not measured: {_address} was not heard of",
        { Sent: var sent, Lost: var lost } when lost == sent => $"stun not measured: {_address} answers no ping",
        { Lost: 0, Sent: var sent } => string.Create(CultureInfo.InvariantCulture, $"stunned for less than {OutageWatch.Interval.TotalMilliseconds:0} ms: {_address} answered all {sent} pings"),
        { } seen => string.Create(
            CultureInfo.InvariantCulture, $"stunned for {Durations.Words(TimeSpan.FromMilliseconds(seen.LongestOutageMs))}: {_address} left {seen.Lost} of {seen.Sent} pings unanswered"),
    };

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
            await _watch.DisposeAsync().ConfigureAwait(false);
    }
}
