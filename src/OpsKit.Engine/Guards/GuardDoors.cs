using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;

namespace OpsKit.Engine.Guards;

/// <summary>What guards reach the world with.</summary>
public sealed record GuardDoors
{
    /// <summary>Asks targets without a port.</summary>
    public required IProbe Icmp { get; init; }

    /// <summary>Asks targets with a port.</summary>
    public required IProbe Tcp { get; init; }

    /// <summary>Runs the programs of command guards.</summary>
    public required ProcessRunner Processes { get; init; }

    /// <summary>The clock of schedules, windows and samples.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The folder in which programs run, and from which their paths are meant.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The doors of a jump host.</summary>
    /// <param name="jumpHost">The jump host.</param>
    /// <param name="workingDirectory">The playbook's folder; null for the jump host's working folder.</param>
    public static GuardDoors From(JumpHost jumpHost, string? workingDirectory = null)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        return new GuardDoors
        {
            Icmp = new IcmpProbe(jumpHost.Clock),
            Tcp = new TcpProbe(jumpHost.Clock),
            Processes = new ProcessRunner(jumpHost.Clock),
            Clock = jumpHost.Clock,
            WorkingDirectory = workingDirectory ?? jumpHost.WorkingDirectory,
        };
    }
}
