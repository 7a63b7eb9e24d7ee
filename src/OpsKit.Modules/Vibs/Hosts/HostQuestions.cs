using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>A command, and what its answer adds to what is known of a host.</summary>
internal sealed record HostQuestion(ReadingCommand Command, Func<HostSoftware, ReadingResult, HostSoftware> Understand);

/// <summary>What a host is asked, by its version.</summary>
internal static class HostQuestions
{
    public static IEnumerable<HostQuestion> Of(Parts parts, Version version)
    {
        if (parts.HasFlag(Parts.Level))
        {
            yield return Esxcli("software acceptance get", "its acceptance level", static (host, answer) =>
                host with { Acceptance = VibAcceptance.OfHost(answer.Text ?? answer.First?.Text("Acceptance Level") ?? "") });
        }

        if (parts.HasFlag(Parts.Boot) && version >= new Version(6, 5))
            yield return new HostQuestion(ReadingCommand.Program("/usr/lib/vmware/secureboot/bin/secureBoot.py", "-s"), BootOf);
        if (parts.HasFlag(Parts.Vibs))
            yield return Esxcli("software vib list", "its VIBs", static (host, answer) => host with { Vibs = [.. VibRecords.Listed(answer)] });
        if (parts.HasFlag(Parts.Details))
            yield return Esxcli("software vib get", "the details of its VIBs", static (host, answer) => host with { Vibs = VibRecords.WithDetails(host.Vibs, answer) });
        if (parts.HasFlag(Parts.Images))
        {
            yield return Esxcli("software profile get", "its image profile", static (host, answer) => host with { Profile = answer.First?.Text("Name") ?? "" });
            yield return Esxcli("software profile get", "the image of the next restart", PendingProfile, "--rebooting-image");
            yield return new HostQuestion(ReadingCommand.Esxcli(EsxcliFormat.Xml, "software vib list", "--rebooting-image"), PendingVibs);
        }

        if (parts.HasFlag(Parts.Volumes))
            yield return Esxcli("storage filesystem list", "its file systems", static (host, answer) => host with { Volumes = [.. Volumes(answer)] });
        if (!parts.HasFlag(Parts.Mode))
            yield break;
        yield return Esxcli("vm process list", "its running virtual machines", static (host, answer) => host with { Running = [.. Names(answer)] });
        yield return version >= new Version(5, 1)
            ? Esxcli("system maintenanceMode get", "its maintenance mode", static (host, answer) => host with { InMaintenanceMode = answer.Text == "Enabled" })
            : new HostQuestion(ReadingCommand.Program("vim-cmd", "hostsvc/hostsummary"), ModeOfSummary);
        yield return new HostQuestion(ReadingCommand.Esxcli(EsxcliFormat.Xml, "system stats uptime get"), UptimeOf);
    }

    private static HostQuestion Esxcli(string command, string what, Func<HostSoftware, EsxcliAnswer, HostSoftware> understand, params string[] options) =>
        new(ReadingCommand.Esxcli(EsxcliFormat.Xml, command, options), (host, result) => understand(host, EsxcliAnswer.Of(result, what, host.Host)));

    /// <summary>A host that does not know it is no worse for it: what it refuses comes to light in the dry run.</summary>
    internal static HostSoftware BootOf(HostSoftware host, ReadingResult result) => (result.Succeeded, result.Output.Trim()) switch
    {
        (true, var said) when said.EndsWith("enabled", StringComparison.OrdinalIgnoreCase) => host with { SecureBoot = true },
        (true, var said) when said.EndsWith("disabled", StringComparison.OrdinalIgnoreCase) => host with { SecureBoot = false },
        _ => host,
    };

    /// <summary>Where nothing is pending, the profile's name says so, or there is none at all.</summary>
    private static HostSoftware PendingProfile(HostSoftware host, EsxcliAnswer answer)
    {
        var name = answer.First?.Text("Name") ?? "";
        return host with { Pending = name.Length == 0 || name.StartsWith("No pending", StringComparison.OrdinalIgnoreCase) ? null : [] };
    }

    /// <summary>Where nothing is pending, versions differ in how they say so: nobody asks.</summary>
    private static HostSoftware PendingVibs(HostSoftware host, ReadingResult result) =>
        host.Pending is null ? host : host with { Pending = [.. VibRecords.Listed(EsxcliAnswer.Of(result, "the VIBs of the next restart", host.Host))] };

    /// <summary>In microseconds. A host that does not know it is no worse for it.</summary>
    internal static HostSoftware UptimeOf(HostSoftware host, ReadingResult result) =>
        result.Succeeded && long.TryParse(EsxcliAnswer.Of(result, "its uptime", host.Host).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? host with { Uptime = TimeSpan.FromMicroseconds(microseconds) }
            : host;

    /// <summary>5.0 has no <c>esxcli system maintenanceMode</c>.</summary>
    internal static HostSoftware ModeOfSummary(HostSoftware host, ReadingResult result)
    {
        var line = result.Output.Split('\n').FirstOrDefault(line => line.Contains("inMaintenanceMode", StringComparison.Ordinal));
        return line is null
            ? throw new OpsKitException(FailureKind.Failed, "its maintenance mode cannot be read: vim-cmd hostsvc/hostsummary says nothing of it", host.Host)
            : host with { InMaintenanceMode = line.Contains("true", StringComparison.OrdinalIgnoreCase) };
    }

    private static IEnumerable<HostVolume> Volumes(EsxcliAnswer answer) => answer.Records
        .Where(row => row.Flag("Mounted") != false && row.Text("Mount Point") is { Length: > 0 })
        .Select(row => new HostVolume(row.Text("Mount Point")!, row.Text("Volume Name") ?? "", row.Text("Type") ?? "", row.Number("Free")));

    private static IEnumerable<string> Names(EsxcliAnswer answer) =>
        answer.Records.Select(row => row.Text("Display Name") ?? row.Title ?? row.Text("World ID") ?? "?").Order(StringComparer.OrdinalIgnoreCase);
}
