namespace OpsKit.Lab.Esxi.Processes;

/// <summary>
/// What a session and everything it started may still do: commands, forks which cost more, and what is written. A real host would go on for ever; a lab has
/// other things to do.
/// </summary>
internal sealed class WorkMeter
{
    public const int ForkCost = 200;
    public const int BytesOfWork = 4096;
    private const long Most = 1_000_000;

    private long _done;

    public bool IsSpent => Interlocked.Read(ref _done) > Most;

    /// <returns>Whether it is time to let others run.</returns>
    public bool Add(int cost) => Interlocked.Add(ref _done, cost) % 256 < cost;
}
