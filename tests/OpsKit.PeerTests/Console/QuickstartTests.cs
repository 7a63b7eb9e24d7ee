using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>The README's licence report from a simulator by others.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task Quickstart_of_the_readme_gives_a_licence_report()
    {
        var program = OpskitProgram.BuiltAt("opskit");
        var state = Directory.CreateTempSubdirectory("opskit-quickstart-").FullName;

        var (status, output, error) = await Shell.TryAsync("env", $"OPSKIT={program}", $"OPSKIT_STATE_DIR={state}", $"OPSKIT_CONFIG_DIR={state}", Repository.PathOf("samples/quickstart"));

        status.ShouldBe(0, error);
        var lines = output.TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith("vCenter,LicenseType,vRAMConfigured,vRAMUsed,vRAMEntitled,");
        lines.Length.ShouldBe(4);
        // The README shows this very report, but for the port.
        var readme = Repository.Read("README.md");
        foreach (var line in lines.Skip(1))
            readme.ShouldContain(line[line.IndexOf(',', StringComparison.Ordinal)..]);
    }
}
