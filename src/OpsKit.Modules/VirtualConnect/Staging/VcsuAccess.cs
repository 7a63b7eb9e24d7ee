using OpsKit.Connections.Secrets;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What VCSU logs in with: at the Onboard Administrator, through which it finds the modules, and at Virtual Connect.</summary>
internal sealed record VcsuAccess(string Address, string User, Secret Password, string VcUser, Secret VcPassword);
