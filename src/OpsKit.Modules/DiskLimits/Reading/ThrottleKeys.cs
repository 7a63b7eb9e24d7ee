using System.Globalization;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>
/// The advanced parameter of a disk's bandwidth cap. It has no field in the API; its sibling <c>throughputCap</c> has one (the limit), so that writing that key is
/// ignored without a word, and it is never written here. Pure.
/// </summary>
internal static class ThrottleKeys
{
    private const string Prefix = "sched.";
    private const string Suffix = ".bandwidthCap";

    /// <summary>What hosts themselves write for no cap.</summary>
    public const string Off = "off";

    /// <summary>The key of a slot: <c>sched.scsi0:1.bandwidthCap</c>.</summary>
    public static string Of(string slot) => $"{Prefix}{slot}{Suffix}";

    /// <summary>A cap as it is written: with its unit, so that nobody can take it for another.</summary>
    public static string Value(long bytesPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond}Bps");

    /// <summary>The caps by slot. Some servers add a row for each writing of a key: the last one holds.</summary>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<OptionValue> extraConfig)
    {
        var caps = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in extraConfig)
        {
            if (option.Key is not { } key || !key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || key.Length <= Prefix.Length + Suffix.Length)
                continue;
            var slot = key[Prefix.Length..^Suffix.Length].ToLowerInvariant();
            var value = Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? "";
            if (value.Length == 0 || value.Equals(Off, StringComparison.OrdinalIgnoreCase))
                caps.Remove(slot);
            else
                caps[slot] = value;
        }

        return caps;
    }
}
