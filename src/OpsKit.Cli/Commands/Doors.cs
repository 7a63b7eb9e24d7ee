using OpsKit.Cli.Commands.About;
using OpsKit.Cli.Commands.Doctor;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands;

/// <summary>The edges a test replaces: how the world outside this process is reached.</summary>
internal sealed record Doors
{
    /// <summary>Reads an inventory file.</summary>
    public Func<string, JumpHost, Estate> ReadInventory { get; init; } = InventoryReader.Read;

    /// <summary>Asks an endpoint what it is.</summary>
    public required Func<CommandContext, Endpoint, CancellationToken, Task<AboutFacts>> AskAbout { get; init; }

    /// <summary>What the doctor does to the world.</summary>
    public required Func<CommandContext, DoctorProbes> Probe { get; init; }

    /// <summary>What the trust commands do to the world.</summary>
    public required Func<CommandContext, Trust.ITrustDoor> Trust { get; init; }

    /// <summary>Reads what a vCenter says about licences.</summary>
    public Licensing.ReadLicensing ReadLicensing { get; init; } = Licensing.LicensingSource.ReadFromVCenterAsync;

    /// <summary>What lies beneath SSH sessions; null for SSH.NET.</summary>
    public ISshTransport? SshTransport { get; init; }

    /// <summary>The clock runs go by; null for the jump host's.</summary>
    public TimeProvider? RunClock { get; init; }

    /// <summary>What guards reach the world with, made of the usual doors.</summary>
    public Func<GuardDoors, GuardDoors> Guards { get; init; } = static usual => usual;

    /// <summary>What ports are tried with, made of the usual probes.</summary>
    public Func<PortProbes, PortProbes> Ports { get; init; } = static usual => usual;

    /// <summary>From where the report files of playbooks are meant; null for the working folder.</summary>
    public string? ReportFolder { get; init; }

    /// <summary>Told that the plan was agreed to and its run begins.</summary>
    public Action BeforeRun { get; init; } = static () => { };

    /// <summary>What is suggested after a run; null for the usual.</summary>
    public Func<RunRecord, string>? AfterRun { get; init; }

    /// <summary>Leaves the system's certificate authorities out of this process.</summary>
    public Action LeaveOutAuthorities { get; init; } = () => { };

    /// <summary>The real ones.</summary>
    public static Doors ToTheWorld { get; } = new()
    {
        AskAbout = WorldAbout.AskAsync,
        Trust = context => new Trust.WorldTrust(context.Access, context.JumpHost),
        Probe = WorldProbes.Of,
        LeaveOutAuthorities = SystemAuthorities.LeaveOut,
    };
}
