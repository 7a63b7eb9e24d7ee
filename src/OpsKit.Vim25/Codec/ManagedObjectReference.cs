namespace OpsKit.Vim25;

/// <summary>A server-side object: its managed object type and the server's own name for it, such as <c>VirtualMachine</c> and <c>vm-42</c>.</summary>
/// <param name="Type">Managed object type, such as <c>HostSystem</c>.</param>
/// <param name="Value">The server's identifier, unique on that server only.</param>
public sealed record ManagedObjectReference(string Type, string Value)
{
    /// <summary>The service instance every server has; where each conversation starts.</summary>
    public static ManagedObjectReference ServiceInstance { get; } = new("ServiceInstance", "ServiceInstance");

    /// <summary>Type and value joined by a colon, as govc and PowerCLI users write them.</summary>
    public override string ToString() => $"{Type}:{Value}";
}
