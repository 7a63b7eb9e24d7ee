using OpsKit.Connections;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>Looks at the clock for a window guard.</summary>
internal sealed class WindowWatch(WindowGuardSpec spec, TimeProvider clock) : WatchedGuard(spec.Name)
{
    private readonly TimeZoneInfo _zone = ZoneOf(spec, clock);

    public override Judgement Judge() => WindowPolicy.Judge(spec, _zone, clock.GetUtcNow());

    private static TimeZoneInfo ZoneOf(WindowGuardSpec spec, TimeProvider clock)
    {
        if (spec.TimeZone is null)
            return clock.LocalTimeZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(spec.TimeZone, out var zone)
            ? zone
            : throw new OpsKitException(FailureKind.Usage, $"guard {spec.Name}: this jump host knows no time zone {spec.TimeZone}", spec.At, "use a name such as Europe/Berlin, or install tzdata");
    }
}
