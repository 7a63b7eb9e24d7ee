using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>How a module stands for traffic over lab time: the past, and the future as far as it is decided.</summary>
internal sealed class ModuleTimeline(LabModuleState state)
{
    private static readonly TimeSpan BeforeAll = TimeSpan.FromDays(-1);
    private readonly List<(TimeSpan From, LabModuleState State)> _phases = [(BeforeAll, state)];

    public LabModuleState At(TimeSpan time) => _phases[IndexAt(time)].State;

    /// <summary>Since when it stands as it does at a time.</summary>
    public TimeSpan Since(TimeSpan time) => _phases[IndexAt(time)].From;

    /// <summary>Decides anew what comes; phases that would have begun later are forgotten.</summary>
    /// <param name="phases">In order of time.</param>
    public void Decide(params ReadOnlySpan<(TimeSpan From, LabModuleState State)> phases)
    {
        var begin = phases[0].From;
        _phases.RemoveAll(phase => phase.From >= begin);
        foreach (var phase in phases)
        {
            if (_phases[^1].State != phase.State)
                _phases.Add(phase);
        }
    }

    /// <summary>Beginnings of phases after one time, up to another.</summary>
    public IEnumerable<TimeSpan> Changes(TimeSpan after, TimeSpan upTo) => _phases.Where(phase => phase.From > after && phase.From <= upTo).Select(phase => phase.From);

    private int IndexAt(TimeSpan time) => _phases.FindLastIndex(phase => phase.From <= time);
}
