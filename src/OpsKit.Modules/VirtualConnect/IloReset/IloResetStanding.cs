using OpsKit.Engine.Plans;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>Whether a reset of an iLO whose outcome was lost has taken effect. Pure.</summary>
internal static class IloResetStanding
{
    /// <summary>What is remembered just before the reset is asked for.</summary>
    public const string Asked = "asked for";

    /// <summary>An iLO that restarted looks like one that did not. Once more costs nothing: the server's operating system does not notice.</summary>
    public static Standing Of(string? note, BladeState? blade) => (note, blade) switch
    {
        (null, _) => new Standing(Effect.NotDone, "it was not asked for yet"),
        (_, null) => new Standing(Effect.Unknown, "the bay is empty now"),
        (_, { IloAddress: null }) => new Standing(Effect.UnderWay, "the iLO has no address: it is restarting"),
        _ => new Standing(Effect.NotDone, $"the iLO answers at {blade.IloAddress}, whether after a restart cannot be seen; once more does no harm"),
    };
}
