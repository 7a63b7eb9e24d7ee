namespace OpsKit.Lab.Estate;

/// <summary>The software of a host: what runs, and what takes its place with the next restart. Read and written under the estate's gate.</summary>
internal sealed class LabSoftware
{
    /// <summary>From strict to loose: <c>VMwareCertified</c>, <c>VMwareAccepted</c>, <c>PartnerSupported</c>, <c>CommunitySupported</c>.</summary>
    public string AcceptanceLevel { get; set; } = LabAcceptance.Partner;

    /// <summary>The image in memory.</summary>
    public required LabImage Running { get; set; }

    /// <summary>The image in the other boot bank; null where nothing waits for a restart.</summary>
    public LabImage? Staged { get; set; }

    /// <summary>The installation under way; a second one is refused.</summary>
    public object? Installation { get; set; }

    /// <summary>How many of the next installations do their work and then answer nothing, with exit code 1, as 5.x does at times.</summary>
    public int LostResults { get; set; }

    /// <summary>What one boot bank takes.</summary>
    public int BootBankMb { get; set; } = 250;

    /// <summary>A restart makes the staged image the running one.</summary>
    public void Restart(LabHost host)
    {
        Installation = null;
        if (Staged is not { } staged)
            return;
        var before = Running;
        Running = staged;
        Staged = null;
        foreach (var nic in host.PNics)
        {
            if (staged.DriverOf(nic.Driver) is { } driver && before.DriverOf(nic.Driver) is { } old && driver.Version != old.Version)
                nic.DriverVersion = driver.Version.Split('-')[0];
        }
    }
}

/// <summary>An image profile and its VIBs.</summary>
internal sealed record LabImage(string Name, string Vendor, DateTimeOffset Created, DateTimeOffset Modified, string Description, IReadOnlyList<LabVib> Vibs)
{
    private const string Updated = "(Updated) ";

    public LabVib? Find(string name) => Vibs.FirstOrDefault(vib => vib.Name == name);

    /// <summary>The package of a NIC's driver: <c>net-be2net</c> or, for native ones, <c>elxnet</c>.</summary>
    public LabVib? DriverOf(string driver) => Find($"net-{driver}") ?? Find(driver);

    /// <summary>The same with other VIBs; its name says that it was changed.</summary>
    public LabImage With(IEnumerable<LabVib> vibs, DateTimeOffset now) => this with
    {
        Name = Name.StartsWith(Updated, StringComparison.Ordinal) ? Name : Updated + Name,
        Modified = now,
        Vibs = [.. vibs.OrderBy(vib => vib.Name, StringComparer.Ordinal)],
    };
}

/// <summary>The words for acceptance levels, and their order.</summary>
internal static class LabAcceptance
{
    public const string Certified = "VMwareCertified";
    public const string Accepted = "VMwareAccepted";
    public const string Partner = "PartnerSupported";
    public const string Community = "CommunitySupported";

    public static readonly IReadOnlyList<string> Levels = [Certified, Accepted, Partner, Community];

    /// <summary>Whether a host of one level takes a VIB of another.</summary>
    public static bool Takes(string host, string vib) => Rank(vib) <= Rank(host);

    /// <summary>The word in descriptors and errors: <c>certified</c>, <c>accepted</c>, <c>partner</c>, <c>community</c>.</summary>
    public static string Short(string level) => level switch { Certified => "certified", Accepted => "accepted", Partner => "partner", _ => "community" };

    /// <summary>The level a descriptor means; null for no level.</summary>
    public static string? OfDescriptor(string word) => word switch
    {
        "certified" => Certified, "accepted" or "vmware" => Accepted, "partner" => Partner, "community" => Community, _ => null,
    };

    public static int Rank(string level)
    {
        for (var rank = 0; rank < Levels.Count; rank++)
        {
            if (Levels[rank] == level)
                return rank;
        }

        throw new ArgumentException($"\"{level}\" is no acceptance level; expected one of {string.Join(", ", Levels)}", nameof(level));
    }
}
