using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>The verbs on VIBs.</summary>
public static class VibVerbs
{
    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } = [new VibListVerb(), new AcceptanceGetVerb(), new AcceptanceSetVerb(), new VibCheckVerb(), .. VibChangeVerb.All];
}
