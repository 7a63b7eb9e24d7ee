using OpsKit.Connections.Yaml;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>
/// Judges, look by look, whether a module that was reset is back. Pure. That it was seen away is no condition: an Onboard Administrator may never show it. The
/// version proves the restart; health and links prove that it is over.
/// </summary>
/// <param name="ran">The version before; null where it was not known.</param>
/// <param name="wanted">The version it is to run.</param>
/// <param name="budget">How long it may take.</param>
internal sealed class ModuleReturn(string? ran, string wanted, TimeSpan budget)
{
    /// <summary>An Onboard Administrator shows an old state for some time; what stands longer counts.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    /// <summary>How long a module that runs the right version may be unwell before that is its state.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    /// <summary>How long nothing at all may happen after a reset.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private TimeSpan? _oldSince;
    private TimeSpan? _unwellSince;

    /// <summary>Whether anything showed that it was away.</summary>
    public bool SeenAway { get; private set; }

    /// <summary>When links were first seen down, since the reset; null for never.</summary>
    public TimeSpan? LinksDown { get; private set; }

    /// <summary>When all links were seen up again; null while they are not.</summary>
    public TimeSpan? LinksBack { get; private set; }

    /// <summary>Takes a look into account.</summary>
    /// <param name="since">Time since the reset.</param>
    /// <param name="look">What the Onboard Administrator says.</param>
    /// <param name="down">The links that are down of those that were up before; null where they could not be seen.</param>
    public ReturnJudgement Judge(TimeSpan since, ModuleLook look, IReadOnlyList<SeenLink>? down)
    {
        Links(since, down);
        if (look.Module is not { } module)
            return Late(since) ?? Waiting($"nothing is seen of it: {look.WhyNot}");
        var well = module.IsHealthy && module.Firmware is not null;
        SeenAway |= !well;
        var isNew = FirmwareVersions.AreSame(module.Firmware, wanted);
        SeenAway |= isNew && !FirmwareVersions.AreSame(ran, wanted);
        var linked = down is { Count: 0 };
        if (well && isNew && linked)
            return new ReturnJudgement(ReturnVerdict.Back, $"runs {module.Firmware}, {module.Health}");

        _oldSince = well && !isNew && linked && SeenAway ? _oldSince ?? since : null;
        _unwellSince = isNew && linked && !well ? _unwellSince ?? since : null;
        if (since - _oldSince >= Steady)
            return Failed($"came back with {module.Firmware}, not {wanted}: {wanted} was not written to it, or not taken");
        if (since - _unwellSince >= Recovery)
            return Failed($"runs {wanted} and does not get well: {ModuleWords.Health(module)}");
        if (!SeenAway && since >= Idle)
            return Failed($"runs {module.Firmware} and was never away: the reset had no effect");
        return Late(since) ?? Waiting(Words(module, down));
    }

    private void Links(TimeSpan since, IReadOnlyList<SeenLink>? down)
    {
        if (down is { Count: > 0 })
        {
            LinksDown ??= since;
            LinksBack = null;
            SeenAway = true;
        }
        else if (down is not null && LinksDown is not null)
        {
            LinksBack ??= since;
        }
    }

    private ReturnJudgement? Late(TimeSpan since) => since >= budget ? Failed($"is not back within {Durations.Words(budget)}") : null;

    private static string Words(ModuleState module, IReadOnlyList<SeenLink>? down)
    {
        var links = down switch
        {
            null => "links cannot be seen",
            { Count: 0 } => "links up",
            { Count: 1 } => $"link of {down[0].Name} down",
            _ => $"{down.Count} links down",
        };
        return module.Firmware is { } version ? $"runs {version}, {ModuleWords.Health(module)}; {links}" : $"{ModuleWords.Health(module)}; {links}";
    }

    private static ReturnJudgement Waiting(string text) => new(ReturnVerdict.Waiting, text);

    private static ReturnJudgement Failed(string text) => new(ReturnVerdict.Failed, text);
}

/// <summary>What is made of a look.</summary>
internal enum ReturnVerdict
{
    /// <summary>It is looked at again.</summary>
    Waiting,

    /// <summary>It is back, well, and runs what it should.</summary>
    Back,

    /// <summary>It is not, and waiting longer is no use.</summary>
    Failed,
}

/// <param name="Verdict">What is made of it.</param>
/// <param name="Text">Why, in a few words that go on from "bay 2".</param>
internal sealed record ReturnJudgement(ReturnVerdict Verdict, string Text);
