using OpsKit.Connections.Yaml;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Faults;

/// <summary>
/// How a playbook is rehearsed: in which estate, how fast, and what goes wrong. Null where the file does not say. Times of faults count from the moment the
/// run begins: however long planning takes on this machine, they strike at the same point of it.
/// </summary>
internal sealed record RehearsalFile
{
    public const double FastestSpeed = 100_000;

    public LabSize? Size { get; init; }

    public double? Speed { get; init; }

    public int? Seed { get; init; }

    /// <summary>Whether the estate has the mistakes of the field.</summary>
    public bool? Mistakes { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public static IReadOnlyDictionary<string, LabSize> Sizes { get; } = new Dictionary<string, LabSize>(StringComparer.Ordinal)
    {
        ["small"] = LabSize.Small,
        ["field"] = LabSize.Field,
        ["large"] = LabSize.Large,
    };

    /// <summary>The rehearsal file of a playbook: <c>patch.yaml</c> has <c>patch.rehearsal.yaml</c> beside it.</summary>
    public static string PathOf(string playbook) => Path.ChangeExtension(playbook, ".rehearsal.yaml");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="Connections.OpsKitException">It cannot be read or something in it is wrong (Usage), with every mistake and its line.</exception>
    public static RehearsalFile Read(string path, string name)
    {
        var errors = new YamlErrors();
        return Bind(YamlFile.Open(path, name, errors), errors);
    }

    /// <inheritdoc cref="Read"/>
    public static RehearsalFile Parse(string text, string name)
    {
        var errors = new YamlErrors();
        return Bind(YamlFile.Parse(text, name, errors), errors);
    }

    private static RehearsalFile Bind(YamlMap root, YamlErrors errors)
    {
        var file = new RehearsalFile
        {
            Size = root.Choice("size", Sizes),
            Speed = (double?)root.Decimal("speed", 0.01m, (decimal)FastestSpeed),
            Seed = (int?)root.Integer("seed", 0, int.MaxValue),
            Mistakes = root.Boolean("mistakes"),
            Faults = FaultReader.Read(root),
        };
        root.Finish();
        errors.ThrowIfAny();
        return file;
    }
}
