using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Esxi;

/// <summary>ESXi on a host as it runs, from one boot to the next.</summary>
/// <param name="Estate">Everything around it.</param>
/// <param name="Host">The host.</param>
/// <param name="Files">Its file system.</param>
/// <param name="Processes">What runs on it.</param>
/// <param name="Programs">What it can run.</param>
/// <param name="Log">Hears of what is done.</param>
internal sealed record EsxiSystem(LabEstate Estate, LabHost Host, HostFiles Files, HostProcesses Processes, ProgramTable Programs, OperationLog Log)
{
    public const string DefaultPath = "/bin:/sbin";

    /// <summary>The host's name in the inventory.</summary>
    public required string Name { get; init; }

    public LabClock Clock => Estate.Clock;
}
