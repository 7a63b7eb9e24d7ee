using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>The namespace <c>software</c>.</summary>
internal static class SoftwareCommands
{
    private const string WithRestart = "WARNING: if this requires a reboot, disable HA first.";

    private static readonly Version V65 = new(6, 5);
    private static readonly Version V70 = new(7, 0);

    private static readonly EsxcliOption Rebooting = Flag("", "--rebooting-image", "Display the image that becomes active after a reboot, if there is one");
    private static readonly EsxcliOption Depots = Text("-d", "--depot", "The URL of a depot's index.xml, or the path of an offline bundle on this host") with { Repeats = true };
    private static readonly EsxcliOption Urls = Text("-v", "--viburl", "URLs of packages; with file: the path must be an absolute one") with { Repeats = true };
    private static readonly EsxcliOption Names = Text("-n", "--vibname", "Packages, as name, name:version, vendor:name or vendor:name:version") with { Repeats = true };
    private static readonly EsxcliOption Profile = Text("-p", "--profile", "The name of the image profile") with { Required = true };
    private static readonly EsxcliOption Proxy = Text("", "--proxy", "A proxy server, as url:port");
    private static readonly EsxcliOption NoSignatures = Flag("", "--no-sig-check", "Bypass the verification of acceptance levels and signatures");

    private static readonly EsxcliOption[] Ways =
    [
        Flag("", "--dry-run", "Report what would be done, and do nothing"), Flag("-f", "--force", "Bypass checks of dependencies, conflicts, obsolescence and acceptance levels"),
        Flag("", "--maintenance-mode", "Pretend that maintenance mode is in effect"), Flag("", "--no-live-install", "Stage the change for the next reboot even if it could be live"),
    ];

    private static readonly EsxcliOption[] InstallOptions = [Depots, .. Ways, NoSignatures, Proxy, Names, Urls];
    private static readonly EsxcliOption[] ProfileOptions = [Depots with { Required = true }, .. Ways, NoSignatures, Profile, Proxy, Flag("", "--no-hardware-warning", "Go on in spite of hardware that is no longer supported")];
    private static readonly EsxcliOption[] SourceOptions = [Depots with { Required = true }, Proxy];

    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("software vib", "list", "List the installed VIB packages.") { IsTable = true, Options = [Rebooting], Reads = InstalledSoftware.Vibs },
        new("software vib", "get", "Display detailed information about installed VIBs.") { Options = [Rebooting, Names], Reads = InstalledSoftware.Vib },
        new("software vib", "install", $"Install VIB packages from a URL or depot; they may be upgrades or downgrades. {WithRestart}")
        {
            Options = InstallOptions, Changes = true, Runs = SoftwareChanges.InstallAsync,
        },
        new("software vib", "update", $"Update installed VIBs to newer packages. {WithRestart}") { Options = InstallOptions, Changes = true, Runs = SoftwareChanges.UpdateAsync },
        new("software vib", "remove", $"Remove VIB packages from the host. {WithRestart}")
        {
            Options = [.. Ways, Names with { Required = true }], Changes = true, Runs = SoftwareChanges.RemoveAsync,
        },
        new("software vib signature", "verify", "Verify the signatures of the installed VIB packages.") { Since = V65, IsTable = true, Options = [Rebooting], Reads = InstalledSoftware.Signatures },
        new("software acceptance", "get", "Get the host acceptance level.") { Reads = InstalledSoftware.Acceptance },
        new("software acceptance", "set", "Set the host acceptance level.")
        {
            Options = [Text("", "--level", string.Join(", ", LabAcceptance.Levels)) with { Required = true, Choices = LabAcceptance.Levels }], Writes = SoftwareChanges.SetAcceptance,
        },
        new("software profile", "get", "Display the installed image profile and the VIBs it holds.") { Options = [Rebooting], Reads = InstalledSoftware.Profile },
        new("software profile", "install", $"Apply an image profile from a depot; what it lacks is removed. {WithRestart}")
        {
            Options = [.. ProfileOptions, Flag("", "--ok-to-remove", "Allow the removal of installed VIBs")], Changes = true, Runs = SoftwareChanges.InstallProfileAsync,
        },
        new("software profile", "update", $"Update the host with VIBs from an image profile in a depot. {WithRestart}")
        {
            Options = [.. ProfileOptions, Flag("", "--allow-downgrades", "Install older VIBs, too")], Changes = true, Runs = SoftwareChanges.UpdateProfileAsync,
        },
        new("software sources vib", "list", "List the VIBs in depots.") { IsTable = true, Options = SourceOptions, Runs = SoftwareDepots.VibsAsync },
        new("software sources vib", "get", "Display detailed information about VIBs in depots or files.") { Options = [Depots, Proxy, Names, Urls], Runs = SoftwareDepots.VibAsync },
        new("software sources profile", "list", "List the image profiles in depots.") { IsTable = true, Options = SourceOptions, Runs = SoftwareDepots.ProfilesAsync },
        new("software sources profile", "get", "Display details about an image profile in depots.") { Options = [.. SourceOptions, Profile], Runs = SoftwareDepots.ProfileDetailsAsync },
        new("software component", "list", "List the installed components.") { Since = V70, IsTable = true, Options = [Rebooting], Reads = InstalledSoftware.Components },
    ];
}
