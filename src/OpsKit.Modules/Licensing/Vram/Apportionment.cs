namespace OpsKit.Modules.Licensing;

/// <summary>
/// Rounds memory to tenths of a GB so that what is printed adds up.
/// </summary>
/// <remarks>
/// The total is the correctly rounded sum; each part is its exact value rounded down or up, the largest remainders up, so that the
/// parts' printed figures give the printed total (Hamilton's method). Rounding each part by itself would drift: a thousand machines
/// of 256 MB are 250 GB and would print as a thousand times 0.3. A figure is never off by 0.1 GB or more, and as each level is
/// apportioned from the level above, pools, hosts and machines agree in every view.
/// </remarks>
internal static class Apportionment
{
    private const long MegabytesPerGigabyte = 1024;

    /// <summary>Tenths of a GB, rounded half up.</summary>
    public static long Tenths(long megabytes) => checked(megabytes * 10 + MegabytesPerGigabyte / 2) / MegabytesPerGigabyte;

    /// <summary>Tenths for each part, together exactly <paramref name="total"/>.</summary>
    /// <param name="megabytes">The parts in MB, none negative.</param>
    /// <param name="total">Tenths to hand out: the parts' sum in tenths, rounded down or up.</param>
    public static long[] Apportion(IReadOnlyList<long> megabytes, long total)
    {
        var tenths = new long[megabytes.Count];
        var remainders = new (long Remainder, int Index)[megabytes.Count];
        var left = total;
        for (var i = 0; i < tenths.Length; i++)
        {
            (tenths[i], remainders[i].Remainder) = Math.DivRem(checked(megabytes[i] * 10), MegabytesPerGigabyte);
            remainders[i].Index = i;
            left -= tenths[i];
        }

        foreach (var (_, index) in remainders.OrderByDescending(part => part.Remainder).Take(checked((int)left)))
            tenths[index]++;
        return tenths;
    }
}
