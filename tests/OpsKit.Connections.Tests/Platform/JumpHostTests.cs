using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Tests.Platform;

public sealed class JumpHostTests
{
    [Theory]
    [InlineData("", "/users/op/.config/opskit", "/users/op/.local/state/opskit")]
    [InlineData("XDG_CONFIG_HOME=/xdg/c XDG_STATE_HOME=/xdg/s", "/xdg/c/opskit", "/xdg/s/opskit")]
    [InlineData("XDG_STATE_HOME=/xdg/s OPSKIT_STATE_DIR=/own", "/users/op/.config/opskit", "/own")]
    [InlineData("XDG_STATE_HOME= OPSKIT_STATE_DIR=", "/users/op/.config/opskit", "/users/op/.local/state/opskit")]
    [InlineData("APPDATA=/roaming LOCALAPPDATA=/local", "/users/op/.config/opskit", "/users/op/.local/state/opskit")]
    public void Folders_follow_the_environment(string environment, string config, string state)
    {
        var host = From(environment);

        (host.ConfigDirectory, host.StateDirectory).ShouldBe((config, state));
    }

    [Theory]
    [InlineData("APPDATA=/roaming LOCALAPPDATA=/local XDG_STATE_HOME=/xdg", "/roaming/opskit", "/local/opskit")]
    [InlineData("OPSKIT_CONFIG_DIR=/own LOCALAPPDATA=/local", "/own", "/local/opskit")]
    public void Windows_has_folders_of_its_own(string environment, string config, string state)
    {
        var host = From(environment, windows: true);

        (host.ConfigDirectory, host.StateDirectory).ShouldBe((config, state));
    }

    [Theory]
    [InlineData("~", "/users/op")]
    [InlineData("~/secrets/vc", "/users/op/secrets/vc")]
    [InlineData("secrets/vc", "/here/secrets/vc")]
    [InlineData("../vc", "/vc")]
    [InlineData("/etc/vc", "/etc/vc")]
    public void Path_is_resolved_as_a_shell_would(string path, string resolved) => From("").ResolvePath(path).TrimEnd('/').ShouldBe(resolved);

    [Fact]
    public void Empty_variable_counts_as_unset()
    {
        var host = From("A= B=b");

        host.Variable("A").ShouldBeNull();
        host.Variable("B").ShouldBe("b");
        host.Variable("C").ShouldBeNull();
    }

    [Fact]
    public void This_machine_has_a_home_and_an_environment()
    {
        JumpHost.Current.Variable("PATH").ShouldNotBeNull();
        Path.IsPathRooted(JumpHost.Current.StateDirectory).ShouldBeTrue();
    }

    private static JumpHost From(string environment, bool windows = false) => JumpHost.From(
        environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
        "/users/op",
        "/here",
        windows);
}
