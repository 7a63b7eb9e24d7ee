namespace OpsKit.Engine.Guards;

/// <summary>What a policy makes of what was sampled.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cause">What it rests on, without numbers that move: as long as verdict and cause stay, nothing has changed.</param>
/// <param name="Reason">The same for a human, in one line.</param>
internal readonly record struct Judgement(Verdict Verdict, string Cause, string Reason);
