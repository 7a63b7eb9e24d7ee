using OpsKit.Connections;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>The options of the verbs that roll firmware out, and how they are read.</summary>
internal static class RolloutOptionSpecs
{
    private const int MostBays = 8;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly OptionSpec Package = new("package", OptionKind.Text, "The firmware package: a path, or an http:// address, as VCSU takes it", "none, with staged-by-hand") { Placeholder = "FILE|URL", Example = "vcfwall485.bin" };
    private static readonly OptionSpec Version = new("version", OptionKind.Text, "The version that is to run, such as 4.85", "the one in the package's name") { Placeholder = "VERSION" };
    private static readonly OptionSpec VersionNeeded = Version with { Default = null, Required = true, Example = "4.85" };
    private static readonly OptionSpec ByHand = new("staged-by-hand", OptionKind.Boolean, "The firmware was written already, with manual activation: VCSU is not run", "false");
    private static readonly OptionSpec Vcsu = new("vcsu", OptionKind.Text, "Path of the Virtual Connect Support Utility", "OPSKIT_VCSU, else where it is usually installed") { Placeholder = "PATH" };
    private static readonly OptionSpec OaUser = new("oa-user", OptionKind.Text, "Account VCSU logs in to the Onboard Administrator with", "the enclosure's credential") { Placeholder = "NAME" };
    private static readonly OptionSpec OaPassword = new("oa-password", OptionKind.Text, "Password VCSU logs in to the Onboard Administrator with, as a reference: env:NAME, file:PATH, cmd:COMMAND, prompt", "the enclosure's credential") { Placeholder = "REF" };
    private static readonly OptionSpec VcUser = new("vc-user", OptionKind.Text, "Account of Virtual Connect that may update firmware", "the enclosure's virtual-connect credential, else the Onboard Administrator's") { Placeholder = "NAME" };
    private static readonly OptionSpec VcPassword = new("vc-password", OptionKind.Text, "Its password, as a reference: env:NAME, file:PATH, cmd:COMMAND, prompt", "as for vc-user") { Placeholder = "REF" };
    private static readonly OptionSpec AsArguments = new("passwords-as-arguments", OptionKind.Boolean, "Hand VCSU passwords as arguments, for everyone on this jump host to see, instead of answering when it asks", "false");
    private static readonly OptionSpec Order = new("order", OptionKind.Texts, "The bays in the order they are reset, such as 2,1", "one side first, the module that runs Virtual Connect Manager last") { Placeholder = "BAYS" };
    private static readonly OptionSpec Settle = new("settle", OptionKind.Duration, "How long all must answer without a loss after a module is back, 0s to 2h", "5m");
    private static readonly OptionSpec Clean = new("clean", OptionKind.Duration, "How long all must have answered without a loss before a module is reset, 0s to 1h", "1m");
    private static readonly OptionSpec Budget = new("budget", OptionKind.Duration, "How long a module may take to come back, 1m to 4h", "35m");
    private static readonly OptionSpec Reset = new("reset-command", OptionKind.Text, "The Onboard Administrator's command that resets a module; its bay follows", "the one in virtual-connect.yaml: RESTART INTERCONNECT") { Placeholder = "COMMAND" };
    private static readonly OptionSpec Also = new("watch", OptionKind.Texts, "Addresses watched besides the hosts' VMkernel addresses, such as a gateway", "none") { Placeholder = "ADDRESSES" };
    private static readonly OptionSpec Interval = new("watch-interval", OptionKind.Duration, "From one probe of an address to the next, 100ms to 1m", "250ms");
    private static readonly OptionSpec Outage = new("watch-outage", OptionKind.Duration, "The outage of an address that stops the rollout, 100ms to 1h", "5s");
    private static readonly OptionSpec Losses = new("watch-losses", OptionKind.Integer, "Losses in a row that stop it, if that is sooner, 1 to 10000", "only the outage counts");
    private static readonly OptionSpec Share = new("watch-share", OptionKind.Text, "The share of addresses lost at once that stops it, above 0 to 1", "one address is enough") { Placeholder = "SHARE" };
    private static readonly OptionSpec Port = new("watch-tcp-port", OptionKind.Integer, "Connect to this TCP port instead of ICMP, 1 to 65535", "ICMP");

    public static IReadOnlyList<OptionSpec> Of(RolloutParts parts) =>
    [
        .. parts.HasFlag(RolloutParts.Stage) ? [Package, Version, ByHand, Vcsu, OaUser, OaPassword, VcUser, VcPassword, AsArguments] : (OptionSpec[])[VersionNeeded],
        .. parts.HasFlag(RolloutParts.Activate) ? [Order, Settle, Clean, Budget, Reset, Also, Interval, Outage, Losses, Share, Port] : (OptionSpec[])[],
    ];

    public static RolloutOptions Read(YamlMap with, RolloutParts parts)
    {
        var options = new RolloutOptions { Stage = StageOf(with, parts.HasFlag(RolloutParts.Stage)) };
        return parts.HasFlag(RolloutParts.Activate) ? Activation(with, options) : options;
    }

    private static StageOptions StageOf(YamlMap with, bool stages)
    {
        var version = with.Text(Version.Name);
        if (version is not null && !FirmwareVersions.IsOne(version))
            with.Wrong(Version.Name, $"\"{version}\" is no version of firmware, expected such as 4.85");
        if (!stages)
        {
            if (version is null)
                with.Wrong("\"version\" is missing: the version that was written and is to run, such as 4.85");
            return new StageOptions { Version = version ?? "", StagedByHand = true };
        }

        var package = with.Text(Package.Name);
        var byHand = with.Boolean(ByHand.Name) ?? false;
        if (package is null && !byHand)
            with.Wrong("\"package\" is missing: the firmware to write; whoever wrote it already says staged-by-hand: true, and which version");
        version ??= package is null ? null : FirmwareVersions.InName(package);
        if (version is null && (package is not null || byHand))
            with.Wrong(package is null ? "\"version\" is missing: which one was written by hand?" : $"the name of the package holds no version: give it, such as version: \"4.85\"");
        return new StageOptions
        {
            Package = package,
            Version = version ?? "",
            StagedByHand = byHand,
            Vcsu = with.Text(Vcsu.Name),
            OaUser = with.Text(OaUser.Name),
            OaPassword = Secret(with, OaPassword),
            VcUser = with.Text(VcUser.Name),
            VcPassword = Secret(with, VcPassword),
            PasswordsAsArguments = with.Boolean(AsArguments.Name) ?? false,
        };
    }

    private static SecretReference? Secret(YamlMap with, OptionSpec spec)
    {
        if (with.Text(spec.Name) is not { } text)
            return null;
        try
        {
            return SecretReference.Parse(text, with.Where(spec.Name));
        }
        catch (OpsKitException wrong)
        {
            with.Wrong(spec.Name, wrong.What);
            return null;
        }
    }

    private static RolloutOptions Activation(YamlMap with, RolloutOptions options)
    {
        var command = with.Text(Reset.Name);
        if (command is not null && !ResetCommands.IsOne(command))
            with.Wrong(Reset.Name, $"\"{command}\" {ResetCommands.Why}");
        return options with
        {
            Order = Bays.Of(with, Order.Name, MostBays),
            Settle = with.Duration(Settle.Name, TimeSpan.Zero, 2 * Hour) ?? options.Settle,
            Clean = with.Duration(Clean.Name, TimeSpan.Zero, Hour) ?? options.Clean,
            Budget = with.Duration(Budget.Name, Minute, 4 * Hour) ?? options.Budget,
            ResetCommand = command,
            Watch = WatchOf(with, options.Watch),
        };
    }

    private static WatchOptions WatchOf(YamlMap with, WatchOptions defaults)
    {
        var watch = new WatchOptions
        {
            Also = with.Texts(Also.Name),
            Interval = with.Duration(Interval.Name, TimeSpan.FromMilliseconds(100), Minute) ?? defaults.Interval,
            Outage = with.Duration(Outage.Name, TimeSpan.FromMilliseconds(100), Hour) ?? defaults.Outage,
            ConsecutiveLosses = (int)(with.Integer(Losses.Name, 1, 10_000) ?? defaults.ConsecutiveLosses),
            ShareOfTargets = with.Decimal(Share.Name, 0, 1),
            TcpPort = (int)(with.Integer(Port.Name, 1, 65535) ?? 0),
        };
        if (watch.ShareOfTargets == 0)
            with.Wrong(Share.Name, $"\"{Share.Name}\" is 0, expected a number above 0 and at most 1");
        if (watch.Outage < watch.Interval)
            with.Wrong(Outage.Name, $"an outage of {Durations.Format(watch.Outage)} is shorter than the interval of {Durations.Format(watch.Interval)} and cannot be measured");
        return watch;
    }
}
