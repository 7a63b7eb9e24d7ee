using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrators show of themselves.</summary>
internal static class OaQueries
{
    private const string Which = "[ ALL | ACTIVE | STANDBY | <bay number> ]";

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        Own("SHOW OA", "Displays the status and information of Onboard Administrators", (call, oa) =>
        {
            Status(call, oa);
            Info(call, oa);
        }),
        Own("SHOW OA INFO", "Displays information about Onboard Administrators", Info),
        Own("SHOW OA NETWORK", "Displays the network configuration of Onboard Administrators", Network),
        Own("SHOW OA STATUS", "Displays the status of Onboard Administrators", Status),
        Own("SHOW OA UPTIME", "Displays how long Onboard Administrators have been up", Uptime),
        OaCommand.Showing("SHOW NETWORK", "", "Displays the network configuration of the enclosure", NetworkSettings) with { OnStandby = true },
        OaCommand.Showing("SHOW DATE", "", "Displays the date, time and time zone", Date) with { OnStandby = true },
        OaCommand.Showing("SHOW SYSLOG", "", "Displays the system log of the Onboard Administrator", Syslog),
        OaCommand.Showing("SHOW SYSLOG OA", "[ 1 | 2 ]", "Displays the system log of the Onboard Administrator", Syslog),
        OaCommand.Showing("SHOW SYSLOG HISTORY", "[ 1 | 2 ]", "Displays the system log of earlier runs", call => call.Line("\nNo system log history is available.")),
        OaCommand.Showing("SHOW SYSLOG SERVER", "<bay number>", "Displays the management log of a server blade", ServerLog),
        OaCommand.Showing("SHOW USER", "", "Displays the user accounts", Users),
        OaCommand.Showing("SHOW FIPS MODE", "", "Displays the FIPS mode", call => call.Line("\nFIPS Mode is Off")) with { OnStandby = true },
        OaCommand.Showing("SHOW SNMP", "", "Displays the SNMP configuration", call => call.Line("\nSNMP Configuration:\n\tStatus: Disabled")),
    ];

    private static OaCommand Own(string words, string summary, Action<OaCall, LabOa> show) =>
        OaCommand.Showing(words, Which, summary, call =>
        {
            foreach (var oa in Chosen(call))
                show(call, oa);
        }) with { OnStandby = true };

    /// <summary>Without an argument, the one the session is at.</summary>
    private static List<LabOa> Chosen(OaCall call)
    {
        var oas = call.Enclosure.Oas;
        List<LabOa>? chosen = call.Arguments.Length switch
        {
            0 => [call.Oa],
            1 => call.Arguments[0].ToUpperInvariant() switch
            {
                "ALL" => oas,
                "ACTIVE" => oas.FindAll(oa => oa.Active),
                "STANDBY" => oas.FindAll(oa => !oa.Active),
                var bay => oas.FindAll(oa => oa.Bay.ToString(CultureInfo.InvariantCulture) == bay) is { Count: > 0 } one ? one : null,
            },
            _ => null,
        };
        if (chosen is null)
            call.WrongUsage();
        return chosen ?? [];
    }

    private static bool IsUp(OaCall call, LabOa oa) => oa == call.Oa || call.Site.Network.IsReachable(oa.Address);

    private static void Status(OaCall call, LabOa oa)
    {
        call.Line($"\nOnboard Administrator #{oa.Bay} Status:");
        if (!IsUp(call, oa))
        {
            call.Line($"\tName:   {oa.Name}");
            call.Line("\tRole:   Unknown");
            call.Line("\tStatus: Other");
            return;
        }

        call.Line($"\tName:   {oa.Name}");
        call.Line($"\tRole:   {(oa.Active ? "Active" : "Standby")}");
        call.Line("\tUID:    Off");
        call.Line("\tStatus: OK");
        call.Line("\tDiagnostic Status:");
        call.Diagnosis("Internal Data", "OK");
        call.Diagnosis("Firmware Mismatch", "OK");
    }

    private static void Info(OaCall call, LabOa oa)
    {
        call.Line($"\nOnboard Administrator #{oa.Bay} information:");
        call.Line("\tProduct Name  : BladeSystem c7000 DDR2 Onboard Administrator with KVM");
        call.Line("\tPart Number   : 456204-B21");
        call.Line("\tSpare Part No.: 503826-001");
        call.Line($"\tSerial Number : {oa.Serial}    ");
        call.Line($"\tUUID          : 09{oa.Serial}    ");
        call.Line("\tManufacturer  : HP");
        call.Line($"\tFirmware Ver. : {call.Enclosure.OaFirmware}");
        call.Line("\tHw Board Type : 2");
        call.Line("\tHw Version    : A1");
        call.Line("\tLoader Version: U-Boot 1.2.0 (Aug 24 2011 - 14:22:07)");
        call.Line("\tSerial Port:");
        call.Line("\t\tBaud Rate   : 9600");
        call.Line("\t\tParity      : None");
        call.Line("\t\tData bits   : 8");
        call.Line("\t\tStop bits   : 1");
        call.Line("\t\tFlow control: None");
    }

    private static void Network(OaCall call, LabOa oa)
    {
        call.Line($"\nOnboard Administrator #{oa.Bay} Network Information:");
        call.Line($"\tName: {oa.Name}");
        call.Line("\n\t- - - - - IPv4 Information - - - - -");
        call.Line("\tDHCP: Disabled");
        call.Line("\tDHCP-Supplied Domain Name: Enabled");
        call.Line("\tDomain Name: ");
        call.Line($"\tIPv4 Address: {oa.Address}");
        call.Line("\tNetmask: 255.255.255.0");
        call.Line("\tGateway Address: 0.0.0.0");
        call.Line("\tStatic IPv4 DNS 1: Not Set");
        call.Line("\tStatic IPv4 DNS 2: Not Set");
        call.Line("\n\t- - - - - General Information - - - - -");
        call.Line("\tActive DNS Addresses:");
        call.Line("\t\tPrimary:         Not Set");
        call.Line("\t\tSecondary:       Not Set");
        call.Line($"\n\tMAC Address: {oa.Mac}");
        call.Line("\tLink Settings: Auto-Negotiation, 1000 Mbps, Full Duplex");
        call.Line("\tLink Status: Active");
        call.Line("\tEnclosure IP Mode: Disabled");
    }

    private static void Uptime(OaCall call, LabOa oa)
    {
        var up = TimeSpan.FromDays(41) + call.Site.Clock.Elapsed;
        call.Line($"\nOnboard Administrator #{oa.Bay} Uptime:");
        call.Line($"\tUptime: {up.Days} days, {up.Hours} hours, {up.Minutes} minutes, {up.Seconds} seconds");
    }

    private static void NetworkSettings(OaCall call)
    {
        call.Line("\nEnclosure Network Settings:");
        call.Line("\n\t- - - - - Protocols - - - - -");
        call.Line("\tHTTP: Enabled");
        call.Line("\tHTTPS: Enabled");
        call.Line("\tSecure Shell: Enabled");
        call.Line("\tTelnet: Disabled");
        call.Line("\tSNMP: Disabled");
        call.Line($"\tXML Reply: {(call.Enclosure.XmlReply ? "Enabled" : "Disabled")}");
        call.Line($"\tLogin Banner: {(call.Enclosure.ShowsLoginBanner ? "Enabled" : "Disabled")}");
    }

    private static void Date(OaCall call)
    {
        call.Line(string.Create(CultureInfo.InvariantCulture, $"\nDate: {call.Site.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm'Z'}"));
        call.Line("Time Zone: GMT");
    }

    private static void Syslog(OaCall call)
    {
        call.Line();
        call.Lines(call.Site.Syslog.Lines);
    }

    private static void ServerLog(OaCall call)
    {
        foreach (var bay in call.DeviceBays())
            call.Line(call.Site.BladeIn(bay) is null ? $"\nNo server blade is installed in bay {bay}." : $"\nServer Blade {bay} Management Log:\n\tThe log is empty.");
    }

    private static void Users(OaCall call)
    {
        foreach (var account in call.Enclosure.Accounts)
        {
            call.Line($"\nLocal User \"{account.User}\" Information:");
            call.Line($"\tPrivilege Level: {(account.Privileges is null ? "Administrator" : "User")}");
            call.Line("\tStatus: Enabled");
            call.Line("\tServer Bay Access List: 1-16");
            call.Line("\tInterconnect Bay Access List: 1-8");
            call.Line($"\tOA Access: {(account.Privileges is null ? "Yes" : "No")}");
        }
    }
}
