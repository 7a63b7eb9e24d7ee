using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsKit.Engine.Playbooks;

/// <summary>How many things are taken at a time: a number, a share of all, or all that are left.</summary>
/// <param name="Count">1 or more; null for a share, or for all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BatchSize(int? Count)
{
    /// <summary>Largest number.</summary>
    internal const int Most = 10_000;

    /// <summary>All that are left.</summary>
    public static BatchSize All => new(null);

    /// <summary>A share of all the step's targets (or clusters, or enclosures) in percent, 1 to 100; null for a number, or for all.</summary>
    public int? Percent { get; init; }

    /// <summary>How many that is: a share is rounded down, and never less than one.</summary>
    /// <param name="total">How many there are in the step.</param>
    /// <param name="left">How many are left; 1 or more.</param>
    public int Of(int total, int left) => Math.Clamp(Percent is { } percent ? (int)((long)total * percent / 100) : Count ?? left, 1, left);

    /// <summary>Reads <c>3</c>, <c>25%</c> or <c>all</c>.</summary>
    public static bool TryParse(string text, out BatchSize size)
    {
        ArgumentNullException.ThrowIfNull(text);
        size = All;
        if (text == "all")
            return true;
        var share = text.EndsWith('%');
        if (!int.TryParse(share ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > (share ? 100 : Most))
            return false;
        size = share ? new BatchSize { Percent = number } : new BatchSize(number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Percent is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{percent}%")
        : Count?.ToString(CultureInfo.InvariantCulture) ?? "all";
}
