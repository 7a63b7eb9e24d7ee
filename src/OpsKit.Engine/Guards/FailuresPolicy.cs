using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>Judges how many targets failed.</summary>
internal static class FailuresPolicy
{
    public static Judgement Judge(FailuresGuardSpec spec, int failed)
    {
        var count = failed switch
        {
            0 => "no target failed",
            1 => "1 target failed",
            _ => $"{failed} targets failed",
        };
        return failed > spec.Most ? new(Verdict.Breached, "too many", $"{count}, {spec.Most} may") : new(Verdict.Healthy, "", count);
    }
}
