using System.Net;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>What is answered to a GET.</summary>
internal static class SdkPages
{
    /// <summary>Status, media type and content for a path.</summary>
    internal static (int Status, string Type, string Content) Get(string path, LabVCenter vcenter, OfferedVersions versions, int port) => path switch
    {
        "/" => (200, "text/html; charset=utf-8", Welcome(vcenter)),
        "/sdk/vimServiceVersions.xml" => (200, "text/xml; charset=utf-8", Versions(versions.All)),
        "/sdk/vimService.wsdl" => (200, "text/xml; charset=utf-8", ServiceDescription.Of(vcenter, port)),
        "/sdk" or "/sdk/" or "/sdk/vimService" => (405, "text/plain; charset=utf-8", "The vim25 service takes SOAP requests by POST to /sdk.\n"),
        _ => (404, "text/plain; charset=utf-8", $"Nothing is at {path}. The vim25 service is at /sdk, its versions at /sdk/vimServiceVersions.xml, its description at /sdk/vimService.wsdl.\n"),
    };

    private static string Welcome(LabVCenter vcenter)
    {
        var name = WebUtility.HtmlEncode(vcenter.Name);
        var version = WebUtility.HtmlEncode($"{vcenter.Version} build {vcenter.Build}");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{name}</title></head>
            <body>
            <h1>{name}</h1>
            <p>A simulated vCenter Server {version} of the OpsKit lab. Clients of the vSphere Web Services API find it at <code>/sdk</code>.</p>
            </body>
            </html>

            """;
    }

    private static string Versions(IReadOnlyList<string> all) => $"""
        <?xml version="1.0" encoding="UTF-8" ?>
        <namespaces version="1.0">
         <namespace>
          <name>urn:vim25</name>
          <version>{all[0]}</version>
          <priorVersions>
        {string.Join('\n', all.Skip(1).Select(prior => $"   <version>{prior}</version>"))}
          </priorVersions>
         </namespace>
        </namespaces>

        """;
}
