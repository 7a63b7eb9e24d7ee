using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>vmware -v</c> and <c>-vl</c>: version, build and update.</summary>
internal static class VmwareProgram
{
    public static Task<int> RunAsync(HostCall call)
    {
        var letters = string.Concat(call.Words.Where(word => word.StartsWith('-')).Select(word => word.TrimStart('-')));
        if (letters.Length == 0 || letters.Trim('v', 'l').Length > 0)
        {
            call.Out.Write("Usage: vmware [-v|--version] [-l|--level]\n");
            return Task.FromResult(letters.Length == 0 ? 0 : 1);
        }

        var host = call.Host;
        if (letters.Contains('v', StringComparison.Ordinal))
            call.Out.WriteLine($"VMware ESXi {host.Version} build-{host.Build}");
        if (!letters.Contains('l', StringComparison.Ordinal))
            return Task.FromResult(0);
        var release = HostSettings.Major(host) >= 7 ? host.Version[..host.Version.LastIndexOf('.')] : host.Version;
        call.Out.WriteLine($"VMware ESXi {release} {(UpdateOf(host) is var update and > 0 ? $"Update {update}" : "GA")}");
        if (HostSettings.Major(host) >= 8)
            call.Out.WriteLine($"VMware ESXi {host.Version} GA");
        return Task.FromResult(0);
    }

    /// <summary>The update a host is at: the last digit of its version.</summary>
    private static int UpdateOf(LabHost host) => host.Version[^1] - '0';
}
