namespace OpsKit.Modules.Vibs;

/// <summary>Sizes in words.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A size in the largest unit that leaves at least one, such as <c>4.2 MiB</c>.</summary>
    public static string Words(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
            size /= 1024;
        return unit == 0 ? $"{bytes} B" : $"{size:0.#} {Units[unit]}";
    }
}
