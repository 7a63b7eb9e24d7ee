using OpsKit.Lab.Esxi.Esxcli;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

public sealed class GrammarTests
{
    [Fact]
    public void Nothing_asked_shows_usage_and_namespaces()
    {
        using var lab = new EsxcliLab();
        var text = lab.Run().Text;
        text.ShouldStartWith("Usage: esxcli [options] {namespace}+ {cmd} [cmd options]\n");
        text.ShouldContain("\nAvailable Namespaces:\n  esxcli                esxcli itself.\n");
        lab.Run("--help").ShouldBe((0, text));
        lab.Run("-?").ShouldBe((0, text));
    }

    [Theory]
    [InlineData("5.0.0", "5.0.0")]
    [InlineData("6.7.0", "6.7.0")]
    [InlineData("7.0.3", "7.0.0")]
    public void Version_is_that_of_the_script(string host, string script)
    {
        using var lab = new EsxcliLab(host);
        lab.Ask("--version").ShouldBe($"Script 'esxcli' version: {script}\n");
    }

    [Fact]
    public void Namespace_lists_what_is_in_it()
    {
        using var lab = new EsxcliLab();
        lab.Ask("system maintenanceMode").ShouldBe(
            "Usage: esxcli system maintenanceMode {cmd} [cmd options]\n\nAvailable Commands:\n  get                   Get the maintenance mode state of the system.\n"
            + "  set                   Enable or disable maintenance mode.\n");
    }

    [Theory]
    [InlineData("swiscsi nic list", "8.0.2")]
    [InlineData("network connection list", "5.0.0")]
    [InlineData("system maintenanceMode get", "5.0.0")]
    [InlineData("system shutdown reboot -r test", "5.0.0")]
    [InlineData("software vib list", "4.1.0")]
    [InlineData("vm process list stray", "8.0.2")]
    [InlineData("system --version", "8.0.2")]
    public void What_the_version_does_not_have_is_unknown(string line, string version)
    {
        using var lab = new EsxcliLab(version);
        lab.Refused(line).ShouldBe($"Error: Unknown command or namespace {line}\n");
    }

    [Fact]
    public void Missing_required_parameter_shows_usage_of_the_command()
    {
        using var lab = new EsxcliLab();
        lab.Refused("system shutdown reboot").ShouldBe(
            "Error: Missing required parameter -r|--reason\n\nUsage: esxcli system shutdown reboot [cmd options]\n\nDescription:\n"
            + "  reboot                Reboot the system. The host must be in maintenance mode.\n\nCmd options:\n"
            + "  -d|--delay=<long>     Delay interval in seconds\n  -r|--reason=<str>     Reason for performing the operation (required)\n");
    }

    [Theory]
    [InlineData("vm process list --wrong", "Error: Invalid option --wrong")]
    [InlineData("vm process list --formatter=csv", "Error: Invalid option --formatter=csv")]
    [InlineData("vm process kill -t gently -w 1", "Error: While processing '--type'. Expected one of [soft, hard, force], got 'gently'")]
    [InlineData("vm process kill -t soft -w many", "Error: While processing '--world-id'. Expected a number, got 'many'")]
    [InlineData("vm process kill -t soft -w", "Error: Option -w|--world-id requires an argument")]
    [InlineData("system maintenanceMode set --enable maybe", "Error: While processing '--enable'. Expected a boolean, got 'maybe'")]
    [InlineData("--wrong vm process list", "Error: Invalid option --wrong")]
    [InlineData("system settings advanced list --delta=yes", "Error: Option -d|--delta does not take a value")]
    public void Wrong_option_shows_usage(string line, string error)
    {
        using var lab = new EsxcliLab();
        lab.Refused(line).ShouldStartWith(error + "\n\nUsage: esxcli ");
    }

    [Theory]
    [InlineData("8.0.2", 0)]
    [InlineData("7.0.3", 0)]
    [InlineData("6.7.0", 1)]
    public void Screen_width_came_with_7(string version, int exitCode)
    {
        using var lab = new EsxcliLab(version);
        lab.Run("--screen-width=120", "system", "version", "get").ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public void Unknown_formatter_fails_before_anything_is_done()
    {
        using var lab = new EsxcliLab();
        lab.Refused("--formatter=yaml system settings advanced set -o /NFS/MaxVolumes -i 64").ShouldBe("Unable to find requested formatter: yaml\n");
        lab.Host.Options["NFS.MaxVolumes"].ShouldBe(8L);
    }

    [Fact]
    public void Hidden_formatter_needs_debug()
    {
        using var lab = new EsxcliLab();
        lab.Refused("--formatter=json system version get").ShouldBe("Unable to find requested formatter: json\n");
        lab.Ask("--debug --formatter=json system version get").ShouldContain("\"Product\": \"VMware ESXi\"");
    }

    [Theory]
    [InlineData("fields=Path,Int Value")]
    [InlineData("fields==Path,Int Value")]
    public void Csv_has_the_columns_asked_for(string parameter)
    {
        using var lab = new EsxcliLab();
        lab.Run("--formatter=csv", $"--format-param={parameter}", "system", "settings", "advanced", "list", "-t", "/NFS").Text.ShouldBe("Path,Int Value,\n/NFS/MaxVolumes,8,\n");
    }

    [Theory]
    [InlineData("system version get", "8.0.2", false)]
    [InlineData("system maintenanceMode set -e true", "8.0.2", true)]
    [InlineData("--formatter=xml --debug system maintenanceMode set -e true", "8.0.2", true)]
    [InlineData("system maintenanceMode set -e true", "5.0.0", false)]
    [InlineData("system maintenanceMode set --help", "8.0.2", false)]
    [InlineData("--help system maintenanceMode set -e true", "8.0.2", false)]
    [InlineData("system", "8.0.2", false)]
    [InlineData("", "8.0.2", false)]
    [InlineData("--wrong", "8.0.2", false)]
    [InlineData("system shutdown reboot -r x", "7.0.3", true)]
    [InlineData("vm process kill -t soft -w 1", "5.5.0", true)]
    [InlineData("vm process list", "5.5.0", false)]
    [InlineData("software vib install -v /tmp/x.vib", "5.0.0", true)]
    [InlineData("software vib install --dry-run -v /tmp/x.vib", "5.0.0", false)]
    [InlineData("software sources vib list -d /tmp/x.zip", "5.0.0", false)]
    [InlineData("network firewall refresh", "6.7.0", true)]
    public void Command_line_is_a_change_or_a_query(string line, string version, bool change) =>
        EsxcliProgram.IsChange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), version).ShouldBe(change);
}
