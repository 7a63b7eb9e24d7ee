namespace OpsKit.Modules.Vibs;

/// <summary>What follows for a host from what is wanted: which VIBs move, and what that takes. Pure.</summary>
internal sealed class VibCourse
{
    public VibCourse(VibInstallState state, VibSource? source, VibInstallOptions options)
    {
        (State, Source, Options) = (state, source, options);
        Decisions = VibDecisions.Of(state.Host, source, options);
        Moving = [.. Decisions.Where(decision => decision.Step != VibStep.Skip)];
        Coming = [.. Moving.Select(decision => decision.Coming).OfType<VibDescriptor>()];
        (LowerTo, AcceptanceBlocker) = VibBlockers.OfAcceptance(state.Host, Coming, options.AllowAcceptance);
        NeedsRestart = IsEmpty ? AwaitsRestart : !options.LiveInstall || Coming.Any(vib => vib.LiveInstallAllowed != true) || Moving.Any(decision => decision.Before is { } gone && Known(gone)?.LiveRemoveAllowed != true);
        NeedsMode = !IsEmpty && (options.AlwaysMaintenanceMode || (!NeedsRestart && Moving.Any(decision => decision.Coming?.MaintenanceModeRequired == true || Known(decision.Before)?.MaintenanceModeRequired == true))) || Restarts;
    }

    public VibInstallState State { get; }

    public VibSource? Source { get; }

    public VibInstallOptions Options { get; }

    public HostSoftware Host => State.Host;

    public IReadOnlyList<VibDecision> Decisions { get; }

    /// <summary>Those that are not skipped.</summary>
    public IReadOnlyList<VibDecision> Moving { get; }

    public IReadOnlyList<VibDescriptor> Coming { get; }

    public bool IsEmpty => Moving.Count == 0;

    /// <summary>The level that the host's is lowered to; null for not at all.</summary>
    public VibAcceptanceLevel? LowerTo { get; }

    public string? AcceptanceBlocker { get; }

    /// <summary>Whether only a restart brings it.</summary>
    public bool NeedsRestart { get; }

    /// <summary>Whether the step restarts the host.</summary>
    public bool Restarts => NeedsRestart && Options.Reboot;

    /// <summary>Whether it takes maintenance mode. What a restart brings does not by itself: the restart does.</summary>
    public bool NeedsMode { get; }

    /// <summary>Whether everything that is wanted is staged already, and waits for a restart.</summary>
    private bool AwaitsRestart => Host.Pending is not null && Decisions.Any(decision =>
        decision.Coming is { } vib ? Host.Find(vib.Name)?.Version != vib.Version && decision.Before?.Version == vib.Version : Options.Action == VibAction.Remove && Host.Vibs.Any(there => there.Matches(decision.Name)));

    public VibOrder Order(string path, string folder, bool enters) => new()
    {
        Action = Options.Action,
        Path = path,
        Folder = folder,
        IsBundle = Source?.IsBundle ?? false,
        Local = Source?.LocalPath ?? "",
        Inner = Source?.Inner ?? "",
        Sha256 = Source?.Sha256 ?? "",
        Names = Options.Action == VibAction.Remove ? [.. Moving.Select(decision => decision.Name).Distinct(StringComparer.Ordinal)] : Chosen,
        Wanted = [.. Wanted.Select(vib => $"{vib.Name}={vib.Version}")],
        Unwanted = Options.Action == VibAction.Remove ? [.. Decisions.Select(decision => decision.Before?.Name ?? decision.Name.Split(':')[0]).Distinct(StringComparer.Ordinal)] : [],
        NeedsRestart = NeedsRestart,
        Enters = enters,
        NoLiveInstall = !Options.LiveInstall,
    };

    /// <summary>What is to be there afterwards: what comes, and what was there already in the version wanted.</summary>
    private IEnumerable<VibDescriptor> Wanted => Decisions.Where(decision => decision.Step != VibStep.Skip || decision.Before?.Version == decision.Coming?.Version).Select(decision => decision.Coming).OfType<VibDescriptor>();

    /// <summary>Of a bundle only what moves is named: hosts would take the rest of it otherwise.</summary>
    private IReadOnlyList<string> Chosen => Source is { IsBundle: true } && (Options.Names.Count > 0 || Moving.Count < Decisions.Count) ? [.. Coming.Select(vib => $"{vib.Name}:{vib.Version}")] : [];

    /// <summary>What runs of a VIB, with what the host told of it.</summary>
    private InstalledVib? Known(InstalledVib? vib) => vib is null ? null : Host.Vibs.FirstOrDefault(there => there.Name == vib.Name && there.Version == vib.Version) ?? vib;
}
