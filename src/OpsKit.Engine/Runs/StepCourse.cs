namespace OpsKit.Engine.Runs;

/// <summary>A step under way: what its targets share, and how many of them failed.</summary>
/// <param name="stopAfter">How many failed targets stop it.</param>
internal sealed class StepCourse(int stopAfter)
{
    private int _failed;

    /// <summary>What its targets share.</summary>
    public SharedUses Uses { get; } = new();

    /// <summary>Targets that failed so far.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Whether so many failed that no further target begins.</summary>
    public bool IsOver => Failed >= stopAfter;

    public void Fail() => Interlocked.Increment(ref _failed);
}
