using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>The files a host has when it comes up.</summary>
internal static class HostSkeleton
{
    private static readonly string[] Folders =
    [
        "bin", "sbin", "dev", "etc/init.d", "etc/ssh", "etc/vmware/firewall", "etc/opt", "opt", "lib", "usr/lib/vmware", "usr/bin", "tmp", "var/log", "var/run", "var/tmp", "vmfs/volumes", "vmfs/devices/disks",
        "scratch/log", "store/packages", "bootbank", "altbootbank", "locker", "productLocker", "tardisks",
    ];

    /// <summary>What lies on disks, not in memory.</summary>
    private static readonly string[] Kept = ["vmfs", "scratch", "store", "bootbank", "altbootbank", "locker", "etc", "opt", "usr"];

    /// <summary>Puts what is missing in place; what somebody changed stays.</summary>
    public static void Fill(string root, LabHost host, LabClock clock)
    {
        foreach (var folder in Folders)
            Directory.CreateDirectory(Path.Combine(root, folder));
        Put(root, "etc/hosts", $"127.0.0.1\tlocalhost.localdomain localhost\n{host.Address}\t{host.Name} {host.Name.Split('.')[0]}\n");
        Put(root, "etc/resolv.conf", "nameserver 127.0.0.53\nsearch lab.example\n");
        Put(root, "etc/passwd", "root:x:0:0:Administrator:/:/bin/sh\ndaemon:x:2:2:System daemons:/:/sbin/nologin\ndcui:x:100:100:DCUI User:/:/sbin/nologin\nvpxuser:x:500:100:VMware VirtualCenter administration account:/:/sbin/nologin\n");
        Put(root, "etc/profile", "export PATH=/bin:/sbin\n");
        Put(root, "etc/ssh/sshd_config", "Protocol 2\nPermitRootLogin yes\nPasswordAuthentication yes\nMaxStartups 10:30:100\nPrintMotd yes\n");
        Put(root, "etc/vmware/esx.conf", HostConfigFile.Text(host));
        Put(root, "etc/vmware/license.cfg", LicenseFile(host));
        Put(root, HostSettings.Major(host) >= 5 && !host.Version.StartsWith("5.0", StringComparison.Ordinal) ? "etc/rc.local.d/local.sh" : "etc/rc.local", "#!/bin/sh\n\n# Commands that are run once at the end of the boot.\n\nexit 0\n");
        Put(root, "etc/vmware/firewall/service.xml", "<ConfigRoot>\n</ConfigRoot>\n");
        foreach (var (name, text) in HostLogs.Boot(host, clock))
            Put(root, $"var/log/{name}", text);
    }

    /// <summary>What a restart loses.</summary>
    public static void ClearMemory(string root)
    {
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos().Where(entry => !Kept.Contains(entry.Name)))
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    private static void Put(string root, string name, string text)
    {
        var path = Path.Combine(root, name);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string LicenseFile(LabHost host) => string.Create(CultureInfo.InvariantCulture, $"""
        <ConfigRoot>
          <mode>{(host.LicenseKey is null ? "eval" : "licensed")}</mode>
          <owner></owner>
          <serial>{host.LicenseKey ?? "00000-00000-00000-00000-00000"}</serial>
        </ConfigRoot>

        """);
}
