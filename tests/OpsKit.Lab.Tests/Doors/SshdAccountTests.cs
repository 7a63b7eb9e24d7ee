using OpsKit.Connections;
using OpsKit.Lab.Doors.Sshd;

namespace OpsKit.Lab.Tests.Doors;

public sealed class SshdAccountTests
{
    private static readonly string[] Passwd =
    [
        "root:x:0:0:root:/root:/bin/bash", "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin", "ops:x:1000:1000::/srv/ops:/bin/sh", "short:x", "",
    ];

    [Theory]
    [InlineData("root:!:20000:0:99999:7:::", true)]
    [InlineData("root:!$y$j9T$:20000:0:99999:7:::", true)]
    [InlineData("root:*:20000:0:99999:7:::", false)]
    [InlineData("root:$y$j9T$:20000:0:99999:7:::", false)]
    [InlineData("other:!:20000:0:99999:7:::", false)]
    public void Account_with_a_locked_password_is_told_from_one_without(string shadow, bool locked) =>
        SshdAccount.Of("root", Passwd, [shadow], []).IsLocked.ShouldBe(locked);

    [Theory]
    [InlineData("devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000 0 0", true)]
    [InlineData("devpts /dev/pts devpts rw,relatime,mode=600,ptmxmode=000 0 0", false)]
    [InlineData("tmpfs /tmp tmpfs rw 0 0", true)]
    public void Terminals_need_a_group_from_their_file_system(string mount, bool given) =>
        SshdAccount.Of("ops", Passwd, [], [mount]).GetsTerminals.ShouldBe(given);

    [Fact]
    public void Mount_over_another_one_counts() => SshdAccount.Of(
        "ops", Passwd, [], ["devpts /dev/pts devpts rw,mode=600 0 0", "devpts /dev/pts devpts rw,gid=5 0 0"]).GetsTerminals.ShouldBeTrue();

    [Fact]
    public void Account_of_a_directory_is_taken() => SshdAccount.Of("EXAMPLE\\ops", Passwd, [], []).Name.ShouldBe("EXAMPLE\\ops");

    [Fact]
    public void Account_without_a_shell_is_refused() =>
        Should.Throw<OpsKitException>(() => SshdAccount.Of("daemon", Passwd, [], [])).Message.ShouldContain("daemon has the login shell /usr/sbin/nologin");

    [Fact]
    public void User_without_a_name_is_refused() => Should.Throw<OpsKitException>(() => SshdAccount.Of("", Passwd, [], [])).Kind.ShouldBe(FailureKind.Usage);
}
