using System.Security.Cryptography;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Programs;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>The programs BusyBox brings, at their places.</summary>
internal static class AppletTable
{
    public static IEnumerable<IHostProgram> For(LabHost host)
    {
        IEnumerable<(string Name, Func<HostCall, Task<int>> Run)> applets =
        [
            ("sh", AshProgram.RunAsync), ("ash", AshProgram.RunAsync), ("busybox", LauncherApplets.BusyBoxAsync),
            ("[", TestApplet.RunAsync), ("[[", TestApplet.RunAsync), ("test", TestApplet.RunAsync), ("echo", EchoApplet.RunAsync), ("printf", PrintfApplet.RunAsync),
            ("true", _ => Task.FromResult(0)), ("false", _ => Task.FromResult(1)), ("kill", KillApplet.RunAsync), ("sleep", SleepApplet.RunAsync), ("usleep", SleepApplet.RunAsync), ("sync", _ => Task.FromResult(0)),
            ("cat", CatApplet.RunAsync), ("tee", CatApplet.TeeAsync), ("yes", CatApplet.YesAsync), ("head", HeadApplet.RunAsync), ("tail", TailApplet.RunAsync),
            ("wc", TextApplets.CountAsync), ("uniq", TextApplets.UniqueAsync), ("cut", TextApplets.CutAsync), ("seq", TextApplets.SequenceAsync), ("basename", TextApplets.BaseNameAsync), ("dirname", TextApplets.FolderNameAsync),
            ("grep", GrepApplet.RunAsync), ("egrep", GrepApplet.RunAsync), ("fgrep", GrepApplet.RunAsync), ("sed", SedApplet.RunAsync), ("awk", AwkApplet.RunAsync), ("sort", SortApplet.RunAsync), ("tr", TrApplet.RunAsync),
            ("mkdir", FolderApplets.MakeAsync), ("rmdir", FolderApplets.RemoveFoldersAsync), ("rm", FolderApplets.RemoveAsync), ("chmod", FolderApplets.ChangeModeAsync), ("chown", FolderApplets.ChangeOwnerAsync),
            ("chgrp", FolderApplets.ChangeOwnerAsync), ("touch", FolderApplets.TouchAsync), ("ln", FolderApplets.LinkAsync), ("mv", CopyApplets.MoveAsync), ("cp", CopyApplets.CopyAsync), ("ls", ListApplet.RunAsync), ("find", FindApplet.RunAsync),
            ("stat", StatApplets.StatAsync), ("df", StatApplets.DiskFreeAsync), ("du", StatApplets.DiskUseAsync), ("readlink", StatApplets.ReadLinkAsync), ("realpath", StatApplets.ReadLinkAsync),
            ("date", DateApplet.RunAsync), ("uname", SystemApplets.NameAsync), ("hostname", SystemApplets.HostNameAsync), ("id", SystemApplets.IdAsync), ("whoami", SystemApplets.WhoAmIAsync),
            ("uptime", SystemApplets.UptimeAsync), ("ps", SystemApplets.ProcessesAsync), ("pwd", PrintFolderAsync), ("gzip", GzipApplet.RunAsync), ("gunzip", GzipApplet.RunAsync), ("zcat", GzipApplet.RunAsync),
            ("env", LauncherApplets.EnvironmentAsync), ("printenv", LauncherApplets.PrintEnvironmentAsync), ("which", LauncherApplets.WhichAsync), ("setsid", LauncherApplets.NewSessionAsync), ("nohup", LauncherApplets.NoHangupAsync),
            ("xargs", LauncherApplets.ArgumentsAsync), ("timeout", LauncherApplets.TimeLimitAsync), ("expr", LauncherApplets.ExpressionAsync),
            ("md5sum", new DigestApplet(HashAlgorithmName.MD5).RunAsync), ("sha1sum", new DigestApplet(HashAlgorithmName.SHA1).RunAsync),
            ("sha256sum", new DigestApplet(HashAlgorithmName.SHA256).RunAsync), ("sha512sum", new DigestApplet(HashAlgorithmName.SHA512).RunAsync),
        ];
        return applets.Where(applet => Has(host, applet.Name)).Select(applet => new HostProgram("/bin/" + applet.Name, applet.Run));
    }

    /// <summary>BusyBox 1.9, which 4.1 and 5.0 have, knew no SHA-2.</summary>
    private static bool Has(LabHost host, string name) => name is not ("sha256sum" or "sha512sum") || !(host.Version.StartsWith("4.", StringComparison.Ordinal) || host.Version.StartsWith("5.0", StringComparison.Ordinal));

    private static Task<int> PrintFolderAsync(HostCall call)
    {
        call.Out.WriteLine(call.Folder);
        return Task.FromResult(0);
    }
}
