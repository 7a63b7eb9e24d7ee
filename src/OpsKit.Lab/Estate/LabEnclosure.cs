using System.Net;

namespace OpsKit.Lab.Estate;

internal sealed class LabEnclosure
{
    public required string Name { get; init; }          // enc1
    public string Type { get; set; } = "BladeSystem c7000 Enclosure G2";
    public string Serial { get; set; } = "";
    public string PartNumber { get; set; } = "507019-B21";
    public string RackName { get; set; } = "Rack01";
    public List<LabOa> Oas { get; } = [];               // one or two
    public List<LabInterconnect> Interconnects { get; } = [];

    /// <summary>Version and date; the generation of the firmware follows from it.</summary>
    public string OaFirmware { get; set; } = "4.80 Dec 13 2017";
    public string VcDomain { get; set; } = "";
    public bool XmlReply { get; set; } = true;
    public List<LabAccount> Accounts { get; } = [];

    /// <summary>Who may log in to Virtual Connect Manager.</summary>
    public List<LabAccount> VcAccounts { get; } = [];

    /// <summary>Whether diagnostic values stand in the far column and iLOs are reset through hardware: firmware from 4.00 on.</summary>
    public bool NewerOa => OaFirmware[0] >= '4';

    /// <summary>Lines an interactive session shows before it waits for a key; 0 for any number. Script mode never waits.</summary>
    public int PageLength { get; set; } = 24;

    /// <summary>How long an interactive session may be idle, in lab time.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether an exec channel shows prompts and the command, as captures have it; without them only an interactive session tells where an answer ends.</summary>
    public bool ExecShowsPrompts { get; set; } = true;

    /// <summary>Whether <see cref="LoginBanner"/> is shown at each login.</summary>
    public bool ShowsLoginBanner { get; set; }
    public string LoginBanner { get; set; } = "";

    /// <summary>Whether <c>RESET INTERCONNECT</c> is a command; it then cuts the power of the bay as <c>RESET SERVER</c> does. No source shows it, so by default it is none.</summary>
    public bool KnowsResetInterconnect { get; set; }

    private bool IsSmall => Type.Contains("c3000", StringComparison.Ordinal);

    public int DeviceBays => IsSmall ? 8 : 16;

    public int InterconnectBays => IsSmall ? 4 : 8;

    public string Uuid => "09" + Serial;
}

internal sealed class LabOa
{
    public required int Bay { get; init; }
    public required string Name { get; init; }          // OA-10604BA26D93
    public required IPAddress Address { get; init; }
    public string Serial { get; set; } = "";
    public string Mac { get; set; } = "";
    public bool Active { get; set; }
}

internal sealed class LabInterconnect
{
    public required int Bay { get; init; }
    public string ProductName { get; set; } = "HP VC FlexFabric 10Gb/24-Port Module";
    public bool Ethernet { get; set; } = true;
    public string Manufacturer { get; set; } = "HP";
    public string PartNumber { get; set; } = "571956-B21";
    public string SparePartNumber { get; set; } = "572213-001";
    public string Serial { get; set; } = "";
    public required IPAddress Address { get; init; }
    public bool IsPrimary { get; set; }
    public string Firmware { get; set; } = "3.18";

    /// <summary>Written to the module, runs after its next restart; null for none.</summary>
    public string? StagedFirmware { get; set; }
    public string Health { get; set; } = "OK";
    public bool PoweredOn { get; set; } = true;

    /// <summary>How it stands for traffic; the network model moves it.</summary>
    public LabModuleState State { get; set; } = LabModuleState.Forwarding;

    /// <summary>How long a restart takes until it forwards again, in lab time.</summary>
    public TimeSpan BootTime { get; set; } = TimeSpan.FromMinutes(5);
}

internal enum LabModuleState
{
    Forwarding,

    /// <summary>Going down gracefully: links stay up, nothing is forwarded.</summary>
    SilentlyDown,

    /// <summary>Links are down.</summary>
    LinksDown,
}
