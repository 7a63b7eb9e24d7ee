using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures;

/// <summary>
/// An interconnect module as the Onboard Administrator sees it, which is late. While it restarts only its address and its firmware version are missing:
/// health and power do not tell of a restart.
/// </summary>
internal sealed record SeenModule(LabInterconnect Module, bool IsAway, bool IsOff, bool IsStuck)
{
    public const string NoAddress = "0.0.0.0";

    public static SeenModule Of(EnclosureSite site, LabInterconnect module)
    {
        var away = site.Network.SeenByOa(module) == LabModuleState.LinksDown;
        return new SeenModule(module, away, away && !module.PoweredOn, site.Network.IsStuck(module));
    }

    public string Health => IsStuck ? "Failed" : Module.Health;

    public string Power => IsOff ? "Off" : "On";

    public string Address => IsAway ? NoAddress : Module.Address.ToString();

    /// <summary>The version it runs; null where it cannot be read.</summary>
    public string? Firmware => IsAway ? null : Module.Firmware;

    public string Type => Module.Ethernet ? "Ethernet" : "Fibre Channel";

    /// <summary>The name it gives itself.</summary>
    public string AssignedName =>
        (!Module.Ethernet ? "VCFC" : Module.ProductName.Contains("FlexFabric", StringComparison.Ordinal) ? "VCEFX" : "VCEX") + Module.Serial;

    public bool IsVirtualConnect => Module.ProductName.Contains(" VC ", StringComparison.Ordinal) || Module.ProductName.Contains("VC-", StringComparison.Ordinal);

    public string Diagnosis(string part) => part switch
    {
        "Management Processor" or "Device Failure" when IsStuck => "Failed",
        "Device Degraded" when Module.Health != "OK" => "Degraded",
        "Device Failure" when Module.Health == "Failed" => "Failed",
        _ => "OK",
    };
}
