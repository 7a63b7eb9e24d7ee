using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpsKit.Connections.Transcripts;

/// <summary>File names of endpoints, whatever they are called.</summary>
internal static class TranscriptNames
{
    private const int Longest = 80;

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    /// <summary>The name itself where any file system takes it; else what is left of it and a piece of its hash, so that two endpoints never share a file.</summary>
    public static string FileOf(string endpoint)
    {
        var safe = string.Concat(endpoint.Take(Longest).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        return safe == endpoint && safe.Length > 0 && !safe.StartsWith('.') && !safe.EndsWith('.') && !Devices.Contains(safe.Split('.')[0])
            ? safe
            : $"_{safe.Trim('.')}-{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(endpoint.AsSpan())))[..8]}";
    }
}
