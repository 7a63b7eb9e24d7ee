using OpsKit.Engine.Plans;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Whether a reset that was about to be asked for was carried out, by what is seen of the module. Pure.</summary>
internal static class ResetStanding
{
    /// <summary>No module restarts faster than this: within it, one that is well and whose links are up was not reset.</summary>
    public static readonly TimeSpan ShortestRestart = TimeSpan.FromMinutes(2);

    /// <summary>How late an Onboard Administrator and a vCenter may show what happened: twice the ten seconds that were seen.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(20);

    /// <summary>What is made of it.</summary>
    /// <param name="note">What was remembered before it was asked for; null where it never came to that.</param>
    /// <param name="wanted">The version that is to run.</param>
    /// <param name="look">The module now.</param>
    /// <param name="down">The links that are down of those that were up before; null where they could not be seen.</param>
    /// <param name="since">Time since it was about to be asked for.</param>
    public static Standing Of(ResetNote? note, string wanted, ModuleLook look, IReadOnlyList<SeenLink>? down, TimeSpan since)
    {
        if (note is null)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        if (Evidence(note, wanted, look, down) is { } evidence)
            return new Standing(Effect.UnderWay, evidence);
        if (note.Accepted)
            return new Standing(Effect.UnderWay, "the Onboard Administrator had accepted it");
        return since < ShortestRestart
            ? new Standing(Effect.NotDone, $"it is well, runs {note.Ran}, and its links are up") { MayStillCome = true }
            : new Standing(Effect.UnderWay, $"it is well, runs {note.Ran}, and its links are up: whether it was reset meanwhile cannot be seen, so it is asked");
    }

    /// <summary>What shows that it was reset; null for nothing.</summary>
    public static string? Evidence(ResetNote note, string wanted, ModuleLook look, IReadOnlyList<SeenLink>? down)
    {
        if (down is { Count: > 0 })
            return $"{(down.Count == 1 ? $"the link of {down[0].Name} is" : $"{down.Count} links are")} down";
        if (look.Module is not { } module)
            return null;
        if (FirmwareVersions.AreSame(module.Firmware, wanted) && !FirmwareVersions.AreSame(note.Ran, wanted))
            return $"it runs {module.Firmware}";
        return module.IsHealthy && module.Firmware is not null ? null : $"it is away: {ModuleWords.Health(module)}";
    }
}
