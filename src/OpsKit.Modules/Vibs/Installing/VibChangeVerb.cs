using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary><c>vib.install</c>, <c>vib.update</c> and <c>vib.remove</c>: host by host, from the file that is sent to the look that it runs.</summary>
public sealed class VibChangeVerb : IVerb
{
    private static readonly OptionSpec Source = new(
        "vib", OptionKind.Text, "The .vib or offline bundle: a file of this machine, which is sent, or host:/PATH on the hosts", null) { Required = true, Placeholder = "FILE", Example = "driver.zip" };

    private static readonly OptionSpec Names = new("names", OptionKind.Texts, "Which VIBs of a bundle, as name, name:version, vendor:name or vendor:name:version", "all") { Placeholder = "VIBS" };

    private static readonly OptionSpec Gone = Names with { Description = "Which VIBs, as name, name:version, vendor:name or vendor:name:version", Default = null, Required = true, Example = "net-be2net" };

    private static readonly IReadOnlyDictionary<string, VibAcceptanceLevel> Levels =
        Enum.GetValues<VibAcceptanceLevel>().Where(level => level != VibAcceptanceLevel.VMwareCertified).ToDictionary(level => level.ToString(), level => level, StringComparer.Ordinal);

    private static readonly OptionSpec Acceptance = new(
        "allow-acceptance", OptionKind.Choice, "How loose hosts' acceptance level may be made for it", "not at all") { Choices = [.. Levels.Keys] };

    private static readonly OptionSpec Downgrade = new("allow-downgrade", OptionKind.Boolean, "Let an older version take the place of a newer one", "false");

    private static readonly IReadOnlyDictionary<string, bool> Modes = new Dictionary<string, bool>(StringComparer.Ordinal) { ["auto"] = false, ["always"] = true };

    private static readonly OptionSpec Mode = new("maintenance-mode", OptionKind.Choice, "Enter maintenance mode where it is needed, or always", "auto") { Choices = [.. Modes.Keys] };

    private static readonly OptionSpec Restart = new("reboot", OptionKind.Boolean, "Restart hosts where that is needed; else it waits for their next restart", "true");

    private static readonly OptionSpec Staged = new("no-live-install", OptionKind.Boolean, "Leave the running system alone: a restart brings it", "false");

    private static readonly OptionSpec Place = new("folder", OptionKind.Text, "Where the file is sent: a datastore's name or a folder of the hosts", "a datastore with room") { Placeholder = "PLACE" };

    private static readonly OptionSpec Evacuation = new(
        "evacuation-timeout", OptionKind.Duration, "How long the VMs may take to leave, 1s to 24h; 0s for without limit", "30m");

    private static readonly OptionSpec PoweredOff = new("evacuate-powered-off", OptionKind.Boolean, "Move VMs that are switched off, too", "false");

    private static readonly OptionSpec Settling = new("settle", OptionKind.Duration, "How long after a restart the host must answer steadily, 0s to 1h", "1m");

    private readonly VibAction _action;

    private VibChangeVerb(VibAction action, string summary, params OptionSpec[] options) => (_action, Summary, Options) = (action, summary, options);

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new VibChangeVerb(
            VibAction.Install, "Installs VIBs on hosts, with maintenance mode and restart where needed", Source, Names, Acceptance, Downgrade, Mode, Restart, Staged, Place, Evacuation, PoweredOff, Settling),
        new VibChangeVerb(
            VibAction.Update, "Updates VIBs on hosts, with maintenance mode and restart where needed", Source, Names, Acceptance, Mode, Restart, Staged, Place, Evacuation, PoweredOff, Settling),
        new VibChangeVerb(VibAction.Remove, "Removes VIBs from hosts, with maintenance mode and restart where needed", Gone, Mode, Restart, Staged, Evacuation, PoweredOff, Settling),
    ];

    /// <inheritdoc/>
    public string Name => $"vib.{_action.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact => Impact.HostReboot;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var day = TimeSpan.FromHours(24);
        var usual = new VibInstallOptions { Action = _action };
        var options = usual with
        {
            Source = Has(Source) ? with.RequiredText(Source.Name) : "",
            Names = with.Texts(Names.Name),
            AllowAcceptance = Has(Acceptance) ? with.Choice(Acceptance.Name, Levels) : null,
            AllowDowngrade = Has(Downgrade) && (with.Boolean(Downgrade.Name) ?? false),
            AlwaysMaintenanceMode = with.Choice(Mode.Name, Modes) ?? false,
            Reboot = with.Boolean(Restart.Name) ?? true,
            LiveInstall = !(with.Boolean(Staged.Name) ?? false),
            Folder = Has(Place) ? with.Text(Place.Name) : null,
            EvacuationTimeout = with.Duration(Evacuation.Name, TimeSpan.Zero, day) ?? usual.EvacuationTimeout,
            EvacuatePoweredOff = with.Boolean(PoweredOff.Name) ?? false,
            Settle = with.Duration(Settling.Name, TimeSpan.Zero, TimeSpan.FromHours(1)) ?? usual.Settle,
        };
        Check(options, with);
        return new VibChangeBound(options, with.File);
    }

    private static void Check(VibInstallOptions options, YamlMap with)
    {
        if (options.Action == VibAction.Remove && options.Names.Count == 0)
            with.Wrong($"\"{Names.Name}\" is missing: it names the VIBs to remove");
        foreach (var name in options.Names.Where(name => name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '*' or '?') || name.StartsWith('-')))
            with.Wrong(Names.Name, $"\"{name}\" is no VIB: it is named as name, name:version, vendor:name or vendor:name:version, without wildcards");
        if (!options.Source.StartsWith(VibInstallOptions.OnHost, StringComparison.Ordinal))
        {
            if (options.Source.Contains("://", StringComparison.Ordinal))
                with.Wrong(Source.Name, $"\"{options.Source}\" is an address: fetch the file first, for hosts take no bundle from an address");
            return;
        }

        var path = options.Source[VibInstallOptions.OnHost.Length..];
        if (!path.StartsWith('/') || path.Any(char.IsControl))
            with.Wrong(Source.Name, $"\"{path}\" is no absolute path of the hosts, such as host:/vmfs/volumes/ds1/driver.zip; relative ones would begin in /var/log/vmware there");
    }

    private bool Has(OptionSpec option) => Options.Contains(option);
}
