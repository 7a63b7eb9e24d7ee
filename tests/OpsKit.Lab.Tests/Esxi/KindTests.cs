using OpsKit.Lab.Esxi;
using OpsKit.Lab.Esxi.Kinds;

namespace OpsKit.Lab.Tests.Esxi;

public sealed class KindTests
{
    [Theory]
    [InlineData("vmware -v")]
    [InlineData("cat /etc/hosts | grep -v '^#' 2>/dev/null")]
    [InlineData("esxcli --formatter=xml software vib list")]
    [InlineData("esxcli software vib install -v /tmp/x.vib --dry-run")]
    [InlineData("vim-cmd vmsvc/getallvms; vim-cmd /hostsvc/hostsummary")]
    [InlineData("for v in /vmfs/volumes/*; do [ -d \"$v\" ] && ls \"$v\"; done > /dev/null 2>&1")]
    [InlineData("exec /bin/sh -c '[ -d \"$1\" ] || exit 3; command -v \"$t\" >/dev/null' opskit /tmp")]
    [InlineData("kill -0 123 2>/dev/null && echo runs")]
    [InlineData("x=$(cat /tmp/a); echo ${x:-none}")]
    [InlineData("f() { cat \"$1\"; }; f /etc/hosts")]
    [InlineData("sed -n 1p /etc/hosts; find /tmp -name x; esxcfg-nics -l; chkconfig --list; /etc/init.d/ntpd status")]
    [InlineData("env LANG=C sh -c 'ls'")]
    public void Looking_is_no_change(string command) => CommandKind.Changes(ByteText.Of(command), "6.7.0").ShouldBeFalse();

    [Theory]
    [InlineData("rm -rf /tmp/x")]
    [InlineData("echo x > /tmp/x")]
    [InlineData("cat a >> b")]
    [InlineData("nosuchprogram")]
    [InlineData("$program list")]
    [InlineData("esxcli software vib install -v /tmp/x.vib")]
    [InlineData("esxcli system maintenanceMode set -e true")]
    [InlineData("vim-cmd hostsvc/maintenance_mode_enter")]
    [InlineData("true && reboot")]
    [InlineData("echo $(touch /tmp/x)")]
    [InlineData("if false; then mv a b; fi")]
    [InlineData("exec /bin/sh -c 'mkdir \"$1\"' opskit /tmp/x")]
    [InlineData("exec /bin/sh -c '\"$1\" x' opskit reboot")]
    [InlineData("sh /tmp/script")]
    [InlineData("kill -TERM 123")]
    [InlineData("sed -i s/a/b/ /etc/x")]
    [InlineData("find /tmp -delete")]
    [InlineData("ls | xargs rm")]
    [InlineData("f() { rm x; }; f")]
    [InlineData("esxcfg-vswitch -a vSwitch9")]
    [InlineData("/etc/init.d/SSH stop")]
    [InlineData("nohup sh -c 'sleep 1; poweroff' &")]
    [InlineData("cat x | tee /etc/y")]
    public void What_changes_or_is_not_known_is_a_change(string command) => CommandKind.Changes(ByteText.Of(command), "6.7.0").ShouldBeTrue();
}
