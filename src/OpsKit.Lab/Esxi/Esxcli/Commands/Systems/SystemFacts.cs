using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Systems;

/// <summary>What the system is and how long it has run.</summary>
internal static class SystemFacts
{
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    public static EsxcliValue Version(EsxcliCall call)
    {
        var fields = new List<EsxcliField>
        {
            ("Product", "VMware ESXi"), ("Version", call.Host.Version), ("Build", $"Releasebuild-{call.Host.Build}"),
        };
        if (call.IsAtLeast(5, 1))
            fields.Add(("Update", $"{Math.Max(call.Version.Build, 0)}"));
        if (call.IsAtLeast(6))
            fields.Add(("Patch", "0"));
        return new EsxcliRecord("VersionGet", null, fields);
    }

    public static EsxcliValue HostName(EsxcliCall call)
    {
        var dns = HostNetworks.Dns(call.Host);
        return new EsxcliRecord("FullyQualifiedHostName", ("Domain Name", dns.DomainName ?? ""), ("Fully Qualified Domain Name", call.Host.Name), ("Host Name", dns.HostName ?? ""));
    }

    public static EsxcliValue Uuid(EsxcliCall call) => BootVolume(call);

    public static EsxcliValue Time(EsxcliCall call) => call.Estate.Clock.GetUtcNow().ToString(TimeFormat);

    /// <summary>Microseconds, unlike every other time of esxcli.</summary>
    public static EsxcliValue Uptime(EsxcliCall call) => Math.Max(0, (call.Estate.Clock.GetUtcNow() - call.Host.BootTime).Ticks / TimeSpan.TicksPerMicrosecond);

    public static EsxcliValue BootDevice(EsxcliCall call) =>
        new EsxcliRecord("BootDevice", ("Boot Filesystem UUID", BootVolume(call)), ("Boot NIC", ""), ("Stateless Boot NIC", ""));

    public static EsxcliValue Commands(EsxcliCall call) => EsxcliList.OfRecords(CommandTree.Of(call.Version).Commands.Select(command =>
        new EsxcliRecord("Command", ("Namespace", command.Namespace.Replace(' ', '.')), ("Command", command.Verb))));

    /// <summary>Written as UUIDs of volumes are, the last part being the first NIC's address.</summary>
    public static string BootVolume(EsxcliCall call)
    {
        var digits = call.Host.Uuid.Replace("-", "", StringComparison.Ordinal);
        return digits.Length < 32 ? digits : $"{digits[..8]}-{digits[8..16]}-{digits[16..20]}-{digits[20..]}";
    }
}
