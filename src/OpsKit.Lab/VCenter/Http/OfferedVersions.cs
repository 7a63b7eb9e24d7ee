using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>The API versions a vCenter speaks: its own and those before it, newest first.</summary>
internal sealed class OfferedVersions(LabVCenter vcenter)
{
    private const string Namespace = "urn:vim25";

    public IReadOnlyList<string> All { get; } =
        [vcenter.ApiVersion, .. ServiceVersions.Known.Concat(["4.0", "2.5u2", "2.5", "2.0"]).Where(known => known != vcenter.ApiVersion && ServiceVersions.Compare(known, vcenter.ApiVersion) <= 0)];

    /// <summary>The schema a caller wants, by its <c>SOAPAction</c>: <c>"urn:vim25/6.7"</c>. Who says none gets the vCenter's own.</summary>
    /// <exception cref="LabFaultException">The vCenter does not speak that version.</exception>
    public SchemaVersion Chosen(string soapAction)
    {
        var uri = soapAction.Trim().Trim('"');
        if (uri is "" or Namespace or Namespace + "/")
            return SchemaVersion.Of(vcenter.ApiVersion);
        return uri.StartsWith(Namespace + "/", StringComparison.Ordinal) && All.Contains(uri[(Namespace.Length + 1)..])
            ? SchemaVersion.Of(uri[(Namespace.Length + 1)..])
            : throw VimFaults.UnsupportedVersion(uri);
    }
}
