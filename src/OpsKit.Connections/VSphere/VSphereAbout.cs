using OpsKit.Vim25.Types;

namespace OpsKit.Connections.VSphere;

/// <summary>What a vSphere endpoint says about itself. Texts are as the server sent them, empty where it sent none.</summary>
/// <param name="Name">Product name, such as <c>VMware vCenter Server</c>.</param>
/// <param name="FullName">Name, version and build in one line.</param>
/// <param name="Version">Product version, such as <c>5.0.0</c>.</param>
/// <param name="Build">Build number.</param>
/// <param name="ApiType"><c>VirtualCenter</c> or <c>HostAgent</c> (a host spoken to directly).</param>
/// <param name="ApiVersion">Newest API version the server speaks.</param>
/// <param name="InstanceUuid">The vCenter's instance UUID; empty on a host.</param>
/// <param name="OsType">Operating system and architecture.</param>
/// <param name="ProductLineId">Product line, such as <c>vpx</c> or <c>embeddedEsx</c>.</param>
public sealed record VSphereAbout(
    string Name,
    string FullName,
    string Version,
    string Build,
    string ApiType,
    string ApiVersion,
    string InstanceUuid,
    string OsType,
    string ProductLineId)
{
    /// <summary>True for a vCenter Server, false for an ESXi host.</summary>
    public bool IsVCenter => ApiType == "VirtualCenter";

    internal static VSphereAbout From(AboutInfo? about) => new(
        about?.Name ?? "",
        about?.FullName ?? "",
        about?.Version ?? "",
        about?.Build ?? "",
        about?.ApiType ?? "",
        about?.ApiVersion ?? "",
        about?.InstanceUuid ?? "",
        about?.OsType ?? "",
        about?.ProductLineId ?? "");
}
