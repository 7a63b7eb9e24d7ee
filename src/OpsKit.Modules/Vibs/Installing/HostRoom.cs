using System.Globalization;

namespace OpsKit.Modules.Vibs;

/// <summary>Where on a host a file is put. Pure.</summary>
internal static class HostRoom
{
    /// <summary>ESXi's <c>/tmp</c> is memory, and small.</summary>
    private const long MostInMemory = 48L << 20;

    /// <summary>Installing needs some room of its own beside the file.</summary>
    private const long Spare = 16L << 20;

    /// <summary>The folder, or why there is none.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bytes">How much is put there.</param>
    /// <param name="wanted">A datastore's name or a folder; null for any datastore with room.</param>
    public static (string? Folder, string? Blocker) Choose(HostSoftware host, long bytes, string? wanted)
    {
        if (wanted is not null)
            return Wanted(host, bytes, wanted);
        var datastores = host.Volumes.Where(volume => volume.Name.Length > 0 && HoldsFiles(volume.Type)).ToList();
        var chosen = datastores.Where(volume => volume.FreeBytes >= bytes + Spare)
            .OrderByDescending(volume => volume.Type.StartsWith("VMFS", StringComparison.Ordinal)).ThenBy(volume => volume.Name, StringComparer.Ordinal).FirstOrDefault();
        if (chosen is not null)
            return (chosen.Path, null);
        return bytes <= MostInMemory
            ? ("/tmp", null)
            : (null, $"no datastore of the host has {Megabytes(bytes + Spare)} free{(datastores.Count > 0 ? $": {string.Join(", ", datastores.Select(volume => $"{volume.Name} {Megabytes(volume.FreeBytes ?? 0)}"))}" : "")}");
    }

    /// <summary>A host's name as part of a file's name there.</summary>
    public static string Short(string host) => string.Concat(host.Split('.')[0].Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' ? letter : '_'));

    public static string Megabytes(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 500) / 1000)} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB");

    /// <summary>Boot banks are the host's own, and the roots of object stores take no files.</summary>
    private static bool HoldsFiles(string type) =>
        type != "VMFS-L" && !new[] { "vfat", "vsan", "vsanD", "vvol", "vffs" }.Contains(type, StringComparer.OrdinalIgnoreCase);

    private static (string? Folder, string? Blocker) Wanted(HostSoftware host, long bytes, string wanted)
    {
        if (host.Volumes.FirstOrDefault(volume => volume.Name == wanted) is { } named)
        {
            return named.FreeBytes < bytes + Spare
                ? (null, $"the datastore {wanted} has {Megabytes(named.FreeBytes ?? 0)} free, and {Megabytes(bytes + Spare)} are needed")
                : (named.Path, null);
        }

        return wanted.StartsWith('/')
            ? (wanted.TrimEnd('/') is { Length: > 0 } folder ? folder : "/", null)
            : (null, $"the host has no datastore called {wanted}: it has {string.Join(", ", host.Volumes.Select(volume => volume.Name).Where(name => name.Length > 0).Order(StringComparer.Ordinal))}");
    }
}
