using System.Diagnostics;
using CsCheck;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class ReadingCommandTests
{
    private static readonly string[] Changing =
    [
        "rm", "mv", "cp", "reboot", "poweroff", "halt", "kill", "sh", "ash", "busybox", "python", "vi", "dd", "tee", "services.sh", "esxcli", "localcli",
        "find", "xargs", "env", "awk", "sed", "wget", "nc", "esxupdate", "passwd", "esxcfg-rescan", "esxcfg-init", "/bin/cat", "./cat", "",
    ];

    private static readonly string[] Quoting = ["cat", "ls", "vim-cmd", "esxcfg-nics", "sha256sum"];

    [Theory]
    [InlineData("software vib list", "", "esxcli software vib list")]
    [InlineData("software vib get", "-n|net-igb", "esxcli software vib get -n net-igb")]
    [InlineData("software vib get", "--vibname=it's; reboot", @"esxcli software vib get '--vibname=it'\''s; reboot'")]
    [InlineData("system version get", "", "esxcli system version get")]
    [InlineData("software vib signature verify", "", "esxcli software vib signature verify")]
    public void Esxcli_that_lists_or_gets_is_built(string command, string options, string line) =>
        ReadingCommand.Esxcli(command, Split(options)).Text.ShouldBe(line);

    [Fact]
    public void Format_stands_before_the_namespaces() =>
        ReadingCommand.Esxcli(EsxcliFormat.Xml, "network nic list").Text.ShouldBe("esxcli --formatter=xml network nic list");

    [Fact]
    public void Dry_run_is_put_where_no_option_can_take_it_for_its_value() =>
        ReadingCommand.EsxcliDryRun(EsxcliFormat.Text, "software vib install", "-v", "/vmfs/volumes/ds1/a.vib").Text
            .ShouldBe("esxcli software vib install --dry-run -v /vmfs/volumes/ds1/a.vib");

    [Theory]
    [InlineData("software vib install", "-v|/a.vib")]
    [InlineData("software vib list", "remove|-n|x")]
    [InlineData("software vib list", "--x=1|remove")]
    [InlineData("system maintenanceMode set", "--enable=true")]
    [InlineData("software vib  list", "")]
    [InlineData("software vib list; reboot; esxcli system version get", "")]
    [InlineData("software vib list\nreboot", "")]
    [InlineData("list", "")]
    [InlineData("system version get", "--x=a\nreboot")]
    [InlineData("--debug software vib list", "")]
    public void Esxcli_that_may_change_something_is_refused(string command, string options) =>
        Should.Throw<OpsKitException>(() => ReadingCommand.Esxcli(command, Split(options))).Kind.ShouldBe(FailureKind.Usage);

    [Theory]
    [InlineData("system shutdown reboot")]
    [InlineData("system maintenanceMode set")]
    [InlineData("software acceptance set")]
    public void What_has_no_dry_run_gets_none(string command) =>
        Should.Throw<OpsKitException>(() => ReadingCommand.EsxcliDryRun(EsxcliFormat.Text, command)).Message.ShouldContain("has no --dry-run");

    [Theory]
    [InlineData("cat|/etc/vmware/esx.conf", "cat /etc/vmware/esx.conf")]
    [InlineData("cat|/vmfs/volumes/my datastore/x", "cat '/vmfs/volumes/my datastore/x'")]
    [InlineData("ls|-l|/vmfs/volumes", "ls -l /vmfs/volumes")]
    [InlineData("df|-h", "df -h")]
    [InlineData("/usr/lib/vmware/secureboot/bin/secureBoot.py|-s", "/usr/lib/vmware/secureboot/bin/secureBoot.py -s")]
    [InlineData("tail|-n|100|/var/log/esxupdate.log", "tail -n 100 /var/log/esxupdate.log")]
    [InlineData("sha256sum|/tmp/a.vib", "sha256sum /tmp/a.vib")]
    [InlineData("vmware|-v", "vmware -v")]
    [InlineData("vim-cmd|vmsvc/getallvms", "vim-cmd vmsvc/getallvms")]
    [InlineData("vim-cmd|vmsvc/get.summary|12", "vim-cmd vmsvc/get.summary 12")]
    [InlineData("vim-cmd|vmsvc/power.getstate|12", "vim-cmd vmsvc/power.getstate 12")]
    [InlineData("vim-cmd|/hostsvc/hostsummary", "vim-cmd /hostsvc/hostsummary")]
    [InlineData("vim-cmd|hostsvc/net/query_networkhint", "vim-cmd hostsvc/net/query_networkhint")]
    [InlineData("esxcfg-nics|-l", "esxcfg-nics -l")]
    [InlineData("esxtop|-b|-n|1", "esxtop -b -n 1")]
    [InlineData("vsish|-e|get|/net/portsets/vSwitch0/stats", "vsish -e get /net/portsets/vSwitch0/stats")]
    public void Program_that_reads_is_built(string words, string line)
    {
        var all = Split(words);
        ReadingCommand.Program(all[0], all.AsSpan(1)).Text.ShouldBe(line);
    }

    [Theory]
    [InlineData("rm|-rf|/")]
    [InlineData("cat")]
    [InlineData("cat|relative")]
    [InlineData("cat|/dev/zero")]
    [InlineData("cat|/etc/../dev/zero")]
    [InlineData("cat|//dev/zero")]
    [InlineData("cat|/etc/passwd\n/sbin/reboot")]
    [InlineData("hostname|other")]
    [InlineData("date|-s|2020")]
    [InlineData("vim-cmd|hostsvc/maintenance_mode_enter")]
    [InlineData("vim-cmd|vmsvc/power.off|12")]
    [InlineData("vim-cmd|vmsvc/destroy|12")]
    [InlineData("vim-cmd|vmsvc/power.off/getallvms")]
    [InlineData("vim-cmd")]
    [InlineData("esxcfg-nics|-s|1000|vmnic0")]
    [InlineData("esxcfg-vswitch|-a|vSwitch9")]
    [InlineData("esxcfg-rescan|-l")]
    [InlineData("vmkload_mod|-u|igb")]
    [InlineData("/usr/lib/vmware/secureboot/bin/secureBoot.py|-c")]
    [InlineData("vmkfstools|-U|/vmfs/volumes/a/b.vmdk")]
    [InlineData("vmkfstools|-P|/dev/disks/x")]
    [InlineData("vsish|-e|set|/net/x|1")]
    [InlineData("esxtop|-b")]
    [InlineData("chkconfig|SSH|off")]
    public void Program_that_may_change_something_is_refused(string words)
    {
        var all = Split(words);
        Should.Throw<OpsKitException>(() => ReadingCommand.Program(all[0], all.AsSpan(1))).Message.ShouldContain("is not known to be a command that only reads");
    }

    [Theory]
    [InlineData("SHOW INTERCONNECT STATUS ALL")]
    [InlineData("show oa network active")]
    [InlineData("SHOW INTERCONNECT INFO 1-4,7")]
    [InlineData("show map1/blade1")]
    [InlineData("HELP RESTART")]
    public void Show_of_a_device_is_built_as_it_is(string command) => ReadingCommand.Device(command).Text.ShouldBe(command);

    [Theory]
    [InlineData("RESTART INTERCONNECT 1")]
    [InlineData("SHOWX")]
    [InlineData("SHOW ALL\nRESTART INTERCONNECT 1")]
    [InlineData("SHOW ALL\rRESTART INTERCONNECT 1")]
    [InlineData("SHOW ALL; RESTART INTERCONNECT 1")]
    [InlineData("SHOW ALL | x")]
    [InlineData("SHOW  ALL")]
    [InlineData(" SHOW ALL")]
    [InlineData("SHOW ALL\n")]
    [InlineData("")]
    public void Other_command_of_a_device_is_refused(string command) =>
        Should.Throw<OpsKitException>(() => ReadingCommand.Device(command)).Kind.ShouldBe(FailureKind.Usage);

    [Fact]
    public void Program_not_on_the_list_is_refused_whatever_its_arguments() =>
        Gen.Select(Gen.Int[0, Changing.Length - 1].Select(place => Changing[place]), Gen.String.Array[0, 4]).Sample((program, arguments) =>
            Should.Throw<OpsKitException>(() => ReadingCommand.Program(program, arguments)));

    [Fact]
    public void Whatever_is_built_is_one_command_of_its_program_to_a_real_shell() =>
        Gen.Select(Gen.Int[0, Quoting.Length - 1].Select(place => Quoting[place]), Gen.String[Gen.Char["/a '\"$`;|&<>(){}*?~#!\\\u00e9%"], 0, 12].Array[1, 4]).Sample(
            (program, arguments) =>
            {
                string line;
                try
                {
                    line = ReadingCommand.Program(program, [.. arguments.Select(argument => $"/{argument}")]).Text;
                }
                catch (OpsKitException)
                {
                    return;
                }

                Words(line).ShouldBe([program, .. arguments.Select(argument => $"/{argument}")]);
            },
            iter: 60);

    private static string[] Split(string words) => words.Length == 0 ? [] : words.Split('|');

    /// <summary>What a shell makes of a line: the words it would run.</summary>
    private static string[] Words(string line)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"printf '%s\\0' {line}");
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd().Split('\0')[..^1];
    }
}
