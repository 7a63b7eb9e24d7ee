using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Trust;

/// <summary>
/// The certificate authorities this system trusts. On Linux, .NET reads all their files in a process's first TLS handshake, whether the certificate at hand is
/// judged by them or by its SHA-256: some 50 ms, most of what a short command takes.
/// </summary>
public static partial class SystemAuthorities
{
    private const string Nowhere = "/nonexistent";

    /// <summary>Whether any of these endpoints may present a certificate that is not judged by a pin alone.</summary>
    public static bool AreNeededBy(IEnumerable<Endpoint> endpoints, TrustStore store)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(store);
        var pinned = store.Certificates().Select(pin => pin.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return endpoints.Any(endpoint => endpoint switch
        {
            VCenterEndpoint vCenter => vCenter.Tls.Thumbprint is null && !pinned.Contains(EndpointAddress.Format(vCenter.Address, vCenter.Port)),
            HostEndpoint => false,
            _ => true,
        });
    }

    /// <summary>
    /// Leaves them out of this process for good. Call it before the first handshake, and where nothing needs them: a certificate that would be judged by
    /// them is refused from now on, never accepted.
    /// </summary>
    public static void LeaveOut()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // OpenSSL's own variables; .NET asks the C library for them, not its copy of the environment, so child processes do not see this.
        SetVariable("SSL_CERT_DIR", Nowhere, 1);
        SetVariable("SSL_CERT_FILE", Nowhere, 1);
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
