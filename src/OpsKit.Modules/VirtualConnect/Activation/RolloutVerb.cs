using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What changes the firmware of Virtual Connect modules: <c>vc.stage</c> writes it, <c>vc.activate</c> resets module by module, <c>vc.rollout</c> does both.</summary>
public sealed class RolloutVerb : IVerb
{
    private readonly RolloutParts _parts;

    private RolloutVerb(string name, string summary, Impact impact, RolloutParts parts)
    {
        (Name, Summary, Impact, _parts) = (name, summary, impact, parts);
        Options = RolloutOptionSpecs.Of(parts);
    }

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new RolloutVerb("vc.stage", "Writes firmware to Virtual Connect modules with VCSU; activates nothing", Impact.None, RolloutParts.Stage),
        new RolloutVerb("vc.activate", "Activates written firmware: resets module by module, under a watchdog", Impact.NetworkPath, RolloutParts.Activate),
        new RolloutVerb("vc.rollout", "New Virtual Connect firmware: check, write, reset one by one, verify", Impact.NetworkPath, RolloutParts.All),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Enclosure;

    /// <inheritdoc/>
    public Impact Impact { get; }

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundRollout(Name, RolloutOptionSpecs.Read(with, _parts), _parts);
    }
}

/// <summary>What a verb does of a rollout.</summary>
[Flags]
internal enum RolloutParts
{
    None = 0,

    /// <summary>Writes firmware.</summary>
    Stage = 1,

    /// <summary>Resets modules.</summary>
    Activate = 2,

    /// <summary>Looks at all of it in the end.</summary>
    Verify = 4,

    All = Stage | Activate | Verify,
}
