using OpsKit.Connections.Platform;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>A verb that changes VIBs, with its options. The file is read once, however many hosts there are.</summary>
/// <param name="options">What the step asks for.</param>
/// <param name="playbook">The playbook's file, as the operator named it: a path that the working folder does not have is meant from beside it.</param>
internal sealed class VibChangeBound(VibInstallOptions options, string playbook) : IBoundVerb
{
    private readonly Lock _gate = new();
    private Task<VibSource>? _source;

    // A large bundle over a slow line, an evacuation, and a restart that takes half an hour: each of them is a change of its own.
    public TimeSpan DefaultTimeout => TimeSpan.FromHours(2) + options.EvacuationTimeout;

    private string? PathOnHosts => options.Source.StartsWith(VibInstallOptions.OnHost, StringComparison.Ordinal) ? options.Source[VibInstallOptions.OnHost.Length..] : null;

    public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(doors, target, cancellationToken).ConfigureAwait(false);
        return VibInstallPlanner.Plan(target, await VibInstallReader.ReadAsync(doors, target, cancellationToken).ConfigureAwait(false), source, options);
    }

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
        new VibInstallChange(doors, target, options).ApplyAsync(change, cancellationToken);

    public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
        VibInstallStanding.OfAsync(doors, target, change, note, cancellationToken);

    private string PathHere(JumpHost jumpHost)
    {
        var path = jumpHost.ResolvePath(options.Source);
        if (File.Exists(path) || Path.IsPathRooted(options.Source) || Path.GetDirectoryName(playbook) is not { } folder)
            return path;
        var beside = Path.GetFullPath(options.Source, jumpHost.ResolvePath(folder.Length > 0 ? folder : "."));
        return File.Exists(beside) ? beside : path;
    }

    private async Task<VibSource?> SourceAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
    {
        if (options.Action == VibAction.Remove)
            return null;
        if (PathOnHosts is { } path)
            return await VibSourceReader.OnHostAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), path, cancellationToken).ConfigureAwait(false);
        Task<VibSource> reading;
        lock (_gate)
        {
            if (_source is null || _source.IsCanceled || _source.IsFaulted)
                _source = VibSourceReader.ReadAsync(options.Source, PathHere(doors.JumpHost), cancellationToken);
            reading = _source;
        }

        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
