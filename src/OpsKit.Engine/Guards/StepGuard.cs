using OpsKit.Connections.Probes;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Guards;

/// <summary>A ping guard that a step's verb brings along; it watches while the step runs.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Targets">The addresses, as the plan found them.</param>
public sealed record StepGuard(PingGuardSpec Spec, IReadOnlyList<ProbeTarget> Targets);
