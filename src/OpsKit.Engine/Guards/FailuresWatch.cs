using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>Counts failed targets for a failures guard; one that fails in two steps counts once.</summary>
internal sealed class FailuresWatch(FailuresGuardSpec spec) : WatchedGuard(spec.Name)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);

    public override Judgement Judge()
    {
        lock (_gate)
            return FailuresPolicy.Judge(spec, _failed.Count);
    }

    public override void TargetFailed(string target)
    {
        lock (_gate)
            _failed.Add(target);
    }
}
