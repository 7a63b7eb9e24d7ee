using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Engine.Verbs;

/// <summary>What a planner may reach: queries, and nothing that changes.</summary>
public interface IPlanningDoors
{
    /// <summary>The inventory of the run.</summary>
    Estate Estate { get; }

    /// <summary>The jump host: its clock and folders.</summary>
    JumpHost JumpHost { get; }

    /// <summary>Queries of a vCenter; one session for each vCenter and run.</summary>
    /// <exception cref="OpsKitException">The vCenter is not in the inventory or cannot be reached.</exception>
    Task<VSphereQueries> QueriesAsync(string vCenter, CancellationToken cancellationToken);

    /// <summary>What the shell of an ESXi host or an enclosure can be asked; one connection for each endpoint and run.</summary>
    /// <exception cref="OpsKitException">The endpoint is not in the inventory, has no SSH, or cannot be reached.</exception>
    Task<ShellQueries> ShellAsync(string endpoint, CancellationToken cancellationToken);

    /// <summary>What an enclosure's active Onboard Administrator can be asked, whichever of the pair that is. Nothing is contacted before it is asked.</summary>
    /// <exception cref="OpsKitException">The enclosure is not in the inventory.</exception>
    OaQueries Enclosure(string enclosure);

    /// <summary>What Virtual Connect Manager of an enclosure can be asked; null where the inventory has no login for it. Nothing is contacted before it is asked.</summary>
    /// <param name="enclosure">The enclosure's name in the inventory.</param>
    /// <param name="address">Where the manager runs.</param>
    /// <exception cref="OpsKitException">The enclosure is not in the inventory.</exception>
    ShellQueries? VirtualConnect(string enclosure, string address);

    /// <summary>Asks an address once whether it answers, as the guards of the run do.</summary>
    IProbe Ping { get; }

    /// <summary>Tries ports of the network from the jump host; nothing is changed by that.</summary>
    PortProbes Ports => PortProbes.From(JumpHost.Clock);
}

/// <summary>What a change may reach besides.</summary>
public interface IApplyingDoors : IPlanningDoors
{
    /// <summary>The whole session of a vCenter.</summary>
    Task<VSphereSession> SessionAsync(string vCenter, CancellationToken cancellationToken);

    /// <summary>The whole SSH session of an ESXi host or an enclosure: commands, shells, uploads. It belongs to the run: do not dispose of it.</summary>
    /// <exception cref="OpsKitException">The endpoint is not in the inventory, has no SSH, or cannot be reached.</exception>
    Task<SshSession> SshAsync(string endpoint, CancellationToken cancellationToken);

    /// <summary>The Onboard Administrators of an enclosure, to send the active one what changes something. They belong to the run: do not dispose of them.</summary>
    /// <exception cref="OpsKitException">The enclosure is not in the inventory.</exception>
    OnboardAdministrators OnboardAdministrators(string enclosure);

    /// <summary>
    /// Starts a command that runs on an endpoint by itself, or attaches to the run of the same id. It has a connection of its own, which it opens again where it
    /// breaks; the caller disposes of it.
    /// </summary>
    /// <exception cref="OpsKitException">As <see cref="SshAsync"/>, and where the run's folder cannot be made.</exception>
    Task<DetachedRun> StartDetachedAsync(string endpoint, DetachedCommand command, CancellationToken cancellationToken);

    /// <summary>Attaches to a run that an earlier attempt started; its text does not matter. Nothing is contacted until it is waited for.</summary>
    /// <exception cref="OpsKitException">The endpoint is not in the inventory or has no SSH.</exception>
    DetachedRun Attach(string endpoint, DetachedCommand command);

    /// <summary>The run's own folder in the state folder, the same when the run is taken up again: for files that belong to the run. It is there, and only its owner reads it.</summary>
    string RunFolder { get; }

    /// <summary>Tells how far the change is: a few words, and a share from 0 to 1 where it is known.</summary>
    void Progress(string text, double? share = null);

    /// <summary>
    /// Probes an address, by ICMP where it has no port, until the watch is disposed, to measure how long the change silences it. Null where the run has
    /// nothing to probe with.
    /// </summary>
    OutageWatch? Measure(ProbeTarget target);

    /// <summary>Shows instructions and waits until the operator goes on; false where he declines or nobody can be asked.</summary>
    Task<bool> AskAsync(string instructions, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a fact about the change under way durable before it goes on, in place of what was remembered before: what there is just before the act,
    /// so that its effect can be told from it; the id of the task it started. A crash gives it to <see cref="IBoundVerb.ObserveAsync"/>.
    /// </summary>
    /// <exception cref="OpsKitException">It cannot be made durable: the change must not be made.</exception>
    void Remember(string note);

    /// <summary>What the ping guards see: those of the playbook and those of the step.</summary>
    IWatchdog Watchdog { get; }

    /// <summary>Marks this moment on the run's time line, above what the guards saw.</summary>
    /// <param name="text">A few words, such as <c>reset of bay 2</c>.</param>
    void Mark(string text);

    /// <summary>Adds lines to a file in the run's folder; secrets are taken out.</summary>
    /// <param name="file">The file's name, without a path.</param>
    /// <param name="text">Whole lines.</param>
    /// <exception cref="OpsKitException">It cannot be written.</exception>
    void Keep(string file, string text);

    /// <summary>The folder of what programs leave behind, within the run's; it is there.</summary>
    string OutputFolder { get; }

    /// <summary>Fetches a secret for a program that is handed it; it is known to the redactor from then on.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="owner">Whose it is, for a question and for errors, such as <c>password of Administrator for enc1</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">It cannot be fetched.</exception>
    Task<Secret> SecretAsync(SecretReference reference, string owner, CancellationToken cancellationToken);

    /// <summary>What an earlier attempt that was seen to be under way remembered last, to attach to it; null where the change is to be begun.</summary>
    string? Note { get; }
}

/// <summary>The reading side of a vCenter's session.</summary>
/// <param name="VCenter">Its name in the inventory.</param>
/// <param name="Queries">Reading operations.</param>
/// <param name="Content">Its service content.</param>
/// <param name="Properties">Property retrieval.</param>
/// <param name="About">Product and version.</param>
public sealed record VSphereQueries(string VCenter, IVimQueries Queries, ServiceContent Content, PropertyRetriever Properties, VSphereAbout About);
