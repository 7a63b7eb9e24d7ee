using System.Globalization;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Profiles;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>State and options to the change. Pure.</summary>
public static class IloResetPlanner
{
    internal const string BayArgument = "bay";

    /// <summary>What the step would do to the blade's iLO.</summary>
    public static TargetPlan Plan(Target target, IloResetState state, IloResetOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        if (state.Blade is not { } blade)
            return new TargetPlan { Target = target, Blockers = [$"there is no blade in bay {options.Bay}"] };
        var lacks = state.Profile?.Verdict is ProfileVerdict.Factory or ProfileVerdict.Partly;
        var name = state.Profile?.Host ?? blade.ServerName ?? blade.Serial ?? "a blade";
        return new TargetPlan
        {
            Target = target,
            Observed = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["blade"] = $"{name}, {blade.Product}, {blade.Serial}",
                ["iLO"] = blade.IloAddress ?? "no address",
                ["profile"] = state.Profile is { } standing ? $"{standing.Profile ?? "none"}: {standing.Verdict}" : "not read",
            },
            Changes =
            [
                new PlannedChange
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"reset-ilo-{options.Bay}"),
                    Summary = $"restart the iLO of {name} in bay {options.Bay}{(lacks ? "; Virtual Connect then hands it its profile, and its MAC addresses change" : "")}",
                    Before = lacks ? $"runs with factory MAC addresses instead of those of {state.Profile!.Profile}" : $"iLO at {blade.IloAddress ?? "no address"}",
                    After = "the iLO is back",
                    Impact = lacks ? Impact.NetworkPath : Impact.None,
                    Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { [BayArgument] = options.Bay.ToString(CultureInfo.InvariantCulture) },
                },
            ],
            Warnings = [.. Warnings(state)],
        };
    }

    private static IEnumerable<string> Warnings(IloResetState state)
    {
        if (state.WhyNoProfile is { } reason)
            yield return $"whether it runs with its profile is not known: {reason}";
        if (state.Profile?.Verdict == ProfileVerdict.Applied)
            yield return "it runs with the addresses of its profile already";
        if (state.Profile?.Verdict == ProfileVerdict.None)
            yield return "no Virtual Connect profile is assigned to its bay: a reset gives it none";
    }
}
