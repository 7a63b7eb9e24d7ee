namespace OpsKit.Engine.Reports;

/// <summary>What a report draws besides its rows: ports of near things and the far things they lead to. HTML shows it, and <c>dot</c> output is made of it.</summary>
/// <param name="Links">One for each near port. Every text may come from anywhere.</param>
public sealed record ReportDrawing(IReadOnlyList<DrawnLink> Links);

/// <summary>A port of a near thing, and what is at the other end of its cable.</summary>
/// <param name="Near">The near thing, such as a host.</param>
/// <param name="NearPort">Its port, such as <c>vmnic0</c>.</param>
public sealed record DrawnLink(string Near, string NearPort)
{
    /// <summary>A word on the port, such as its speed.</summary>
    public string? Label { get; init; }

    /// <summary>Whether it has no link.</summary>
    public bool IsDown { get; init; }

    /// <summary>The far thing, such as a switch; null where none is known.</summary>
    public string? Far { get; init; }

    /// <summary>Its port.</summary>
    public string? FarPort { get; init; }

    /// <summary>What is remarkable about the link, such as a change; null for nothing. It is drawn so that it is seen.</summary>
    public string? Remark { get; init; }
}
