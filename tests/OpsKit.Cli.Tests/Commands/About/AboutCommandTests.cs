using System.Text.Json;
using OpsKit.Cli.Commands.About;
using OpsKit.Connections;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.About;

public sealed class AboutCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public AboutCommandTests()
    {
        _cli.Write("opskit.yaml", "vcenters: { vc1: {}, vc2: {}, vc3: {} }\nhosts: { esx01: {} }");
        Answers(_ => null);
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void Report_on_a_terminal_is_pinned(int width)
    {
        _cli.OnTerminal(width).Environment["NO_COLOR"] = "1";
        Answers(name => name == "vc2" ? new OpsKitException(FailureKind.Unreachable, "no answer in time", "vc2", "opskit doctor --limit vc2") : null);

        var run = _cli.Run("about");

        run.ExitCode.ShouldBe(ExitCodes.Unreachable);
        run.Error.ShouldBe("next:  opskit doctor --limit vc2\n");
        Golden.ShouldMatch(run.Out, $"about-{width}.txt");
    }

    [Fact]
    public void Json_lists_what_was_not_assessed_with_its_reason()
    {
        Answers(name => name == "vc2" ? new OpsKitException(FailureKind.Unreachable, "no answer in time", "vc2") : null);

        var run = _cli.Run("about --output json");

        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(3);
        document.RootElement.GetProperty("notAssessed")[0].GetProperty("target").GetString().ShouldBe("vc2");
        document.RootElement.GetProperty("rows")[0].GetProperty("ClockSkew").GetDecimal().ShouldBe(0.3m);
        Golden.ShouldMatch(_cli.Run("about --output csv").Out, "about.csv");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("vc1=Unreachable", 6)]
    [InlineData("vc1=Unreachable vc2=TrustRefused", 4)]
    [InlineData("vc1=Unreachable vc2=AuthenticationRefused vc3=Failed", 1)]
    [InlineData("vc1=Usage", 1)]
    [InlineData("vc1=Usage vc2=Usage vc3=Usage esx01=Usage", 3)]
    public void Exit_code_is_that_of_the_heaviest_reason(string failures, int exitCode)
    {
        var kinds = failures.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => Enum.Parse<FailureKind>(pair.Split('=')[1]));
        Answers(name => kinds.TryGetValue(name, out var kind) ? new OpsKitException(kind, "did not work", name) : null);

        _cli.Run("about").ExitCode.ShouldBe(exitCode);
    }

    private void Answers(Func<string, OpsKitException?> failureOf) => _cli.Doors = _cli.Doors with
    {
        AskAbout = (_, endpoint, _) => failureOf(endpoint.Name) is { } failure
            ? Task.FromException<AboutFacts>(failure)
            : Task.FromResult(new AboutFacts
            {
                Endpoint = endpoint.Name,
                Kind = endpoint.Name.StartsWith("vc", StringComparison.Ordinal) ? "vcenter" : "host",
                Product = endpoint.Name.StartsWith("vc", StringComparison.Ordinal) ? "VMware vCenter Server" : "VMware ESXi",
                Version = "8.0.3",
                Build = "24022515",
                ApiVersion = endpoint.Name.StartsWith("vc", StringComparison.Ordinal) ? "8.0.3.0" : null,
                InstanceUuid = endpoint.Name.StartsWith("vc", StringComparison.Ordinal) ? "5a4e8f0e-2d3c-4c2b-9a56-0d8d4c1f9f10" : null,
                LicenseProduct = endpoint.Name.StartsWith("vc", StringComparison.Ordinal) ? "VMware VirtualCenter Server 8.0" : null,
                ClockSkew = TimeSpan.FromSeconds(0.26),
            }),
    };
}
