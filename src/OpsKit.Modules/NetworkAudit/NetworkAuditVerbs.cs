using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>The verbs on networks: <c>audit.nics</c>, <c>audit.cdp</c>, <c>audit.ports</c>, <c>audit.vm-uplinks</c>, <c>audit.flexnics</c>, <c>audit.hide-flexnics</c>, <c>audit.vm-mmu</c>, <c>audit.set-vm-mmu</c>.</summary>
public static class NetworkAuditVerbs
{
    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } = [new NicsVerb(), new CdpVerb(), new PortsVerb(), new VmUplinksVerb(), new FlexNicsVerb(), new HideFlexNicsVerb(), new VmMmuVerb(), new SetVmMmuVerb()];
}
