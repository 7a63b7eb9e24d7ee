using OpsKit.Connections;

namespace OpsKit.Engine.Playbooks;

/// <summary>A word that names targets: <c>esx-*</c>, a group, <c>cluster:Prod</c>, <c>enclosure:c7000-1</c>, <c>vm:web-*</c> with tags or a folder.</summary>
public sealed record TargetSelector
{
    /// <summary>What it says, as written.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands, as <c>file:line:column</c>.</summary>
    public required string At { get; init; }

    /// <summary>What kind of word it is.</summary>
    public required SelectorKind Kind { get; init; }

    /// <summary>A name or glob (<c>*</c>, <c>?</c>), compared without case.</summary>
    public required string Pattern { get; init; }

    /// <summary>For virtual machines: tags of which each must be set (<c>tag=</c>).</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>For virtual machines: the inventory folder path they must be under (<c>folder=</c>), a glob.</summary>
    public string? Folder { get; init; }

    /// <summary>Reads a selector.</summary>
    /// <param name="text">A name, glob or group; <c>cluster:NAME</c>; <c>enclosure:NAME</c>; <c>vm:NAME tag=TAG folder=PATH</c>.</param>
    /// <param name="at">Where it stands, such as <c>--limit</c>.</param>
    /// <exception cref="OpsKitException">Kind Usage: it is none.</exception>
    public static TargetSelector Parse(string text, string at)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problem = "";
        return SelectorReader.Read(text, at, wrong => problem = wrong) ?? throw new OpsKitException(FailureKind.Usage, $"{at}: {problem}");
    }
}

/// <summary>Kinds of selectors.</summary>
public enum SelectorKind
{
    /// <summary>A name, glob or group of the inventory, or the name of a thing of the verb's kind in a vCenter.</summary>
    Name,

    /// <summary>What is in a cluster.</summary>
    Cluster,

    /// <summary>What is in an enclosure.</summary>
    Enclosure,

    /// <summary>Virtual machines.</summary>
    VirtualMachine,
}
