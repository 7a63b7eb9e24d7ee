using System.Net;

namespace OpsKit.Lab.Estate;

internal sealed class LabEnclosure
{
    public required string Name { get; init; }          // enc1
    public string Type { get; set; } = "BladeSystem c7000 Enclosure G2";
    public string Serial { get; set; } = "";
    public List<LabOa> Oas { get; } = [];               // one or two
    public List<LabInterconnect> Interconnects { get; } = [];
    public string OaFirmware { get; set; } = "4.80 Dec 13 2017";
    public string VcDomain { get; set; } = "";
    public bool XmlReply { get; set; } = true;
    public List<LabAccount> Accounts { get; } = [];
}

internal sealed class LabOa
{
    public required int Bay { get; init; }
    public required string Name { get; init; }          // OA-10604BA26D93
    public required IPAddress Address { get; init; }
    public bool Active { get; set; }
}

internal sealed class LabInterconnect
{
    public required int Bay { get; init; }
    public string ProductName { get; set; } = "HP VC FlexFabric 10Gb/24-Port Module";
    public bool Ethernet { get; set; } = true;
    public string Manufacturer { get; set; } = "HP";
    public string PartNumber { get; set; } = "571956-B21";
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
