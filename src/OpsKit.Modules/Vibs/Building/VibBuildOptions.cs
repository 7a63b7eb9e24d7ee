namespace OpsKit.Modules.Vibs;

/// <summary>What a package that is built says of itself. Its acceptance level is always community: nobody signs it.</summary>
public sealed record VibBuildOptions
{
    /// <summary>Its name, such as <c>net-tulip</c>: letters, digits and <c>. _ -</c>, 64 of them at most.</summary>
    public required string Name { get; init; }

    /// <summary>Its version with a release after a dash, such as <c>1.0.0-1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Who makes it, such as <c>ACME</c>: letters, digits and <c>. -</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary>The hosts it is for. Default: 5.0 to 7.x.</summary>
    public VibFlavour Flavour { get; init; }

    /// <summary>One line about it; empty for its name and version.</summary>
    public string Summary { get; init; } = "";

    /// <summary>More about it; empty for the summary again.</summary>
    public string Description { get; init; } = "";

    /// <summary>When it was released, and the time of every file in it; null for the time of the newest file in the archive.</summary>
    public DateTimeOffset? ReleaseDate { get; init; }

    /// <summary>Links, as <c>key|address</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>What it needs, such as <c>vmkapi_2_0_0_0</c>.</summary>
    public IReadOnlyList<VibRelation> Depends { get; init; } = [];

    /// <summary>What it cannot be beside.</summary>
    public IReadOnlyList<VibRelation> Conflicts { get; init; } = [];

    /// <summary>What it takes the place of.</summary>
    public IReadOnlyList<VibRelation> Replaces { get; init; } = [];

    /// <summary>What it offers besides itself.</summary>
    public IReadOnlyList<VibRelation> Provides { get; init; } = [];

    /// <summary>Tags such as <c>driver</c>, <c>module</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether a host must be in maintenance mode. Default true.</summary>
    public bool MaintenanceMode { get; init; } = true;

    /// <summary>Whether it can be installed and removed without a restart. Default false: drivers cannot.</summary>
    public bool Live { get; init; }

    /// <summary>
    /// Whether files may go where a package that nobody signed must not bring any. Hosts before 8.0 take such a package with <c>--force</c> alone; later ones
    /// do not. Default false: it is an error.
    /// </summary>
    public bool AnyPath { get; init; }
}

/// <summary>A package that was built.</summary>
/// <param name="Id">How a host calls it.</param>
/// <param name="Payload">The payload's name in it.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of the whole file, in lower-case hexadecimal digits.</param>
/// <param name="Files">The files it brings.</param>
/// <param name="Warnings">What the operator should know.</param>
public sealed record VibBuilt(string Id, string Payload, long Bytes, string Sha256, IReadOnlyList<VibContent> Files, IReadOnlyList<VibProblem> Warnings);
