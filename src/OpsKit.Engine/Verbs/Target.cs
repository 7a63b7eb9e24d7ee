using OpsKit.Vim25;

namespace OpsKit.Engine.Verbs;

/// <summary>Kinds of things a verb works on.</summary>
public enum TargetKind
{
    /// <summary>None: the verb works on the jump host or on nothing.</summary>
    None,

    /// <summary>A vCenter.</summary>
    VCenter,

    /// <summary>An ESXi host.</summary>
    Host,

    /// <summary>A blade enclosure.</summary>
    Enclosure,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,
}

/// <summary>One thing that a step works on.</summary>
public sealed record Target
{
    /// <summary>What it is.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Its name in the inventory or in its vCenter.</summary>
    public required string Name { get; init; }

    /// <summary>The vCenter (its name in the inventory) through which it is reached; null where it is reached by itself.</summary>
    public string? VCenter { get; init; }

    /// <summary>The managed object in that vCenter.</summary>
    public ManagedObjectReference? Reference { get; init; }

    /// <summary>The cluster it is in.</summary>
    public string? Cluster { get; init; }

    /// <summary>The enclosure it is in.</summary>
    public string? Enclosure { get; init; }

    /// <summary>
    /// What two runs must not touch at a time: kind, vCenter and name, in lower case. Of virtual machines the managed object stands for the name: two of one
    /// vCenter may be called the same.
    /// </summary>
    public string LockKey => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Kind}:{VCenter}/{(Kind == TargetKind.VirtualMachine && Reference is { } machine ? machine.Value : Name)}").ToLowerInvariant();
}
