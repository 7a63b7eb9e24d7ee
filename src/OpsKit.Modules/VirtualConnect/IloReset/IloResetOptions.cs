namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>What a reset of an iLO is asked to do.</summary>
/// <param name="Bay">The blade's bay, 1 to 16.</param>
public sealed record IloResetOptions(int Bay)
{
    /// <summary>How long the iLO may take to be back. Default 5 min.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(5);
}
