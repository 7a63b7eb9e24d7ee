using OpsKit.Connections.Enclosures;

namespace OpsKit.Connections.Tests.Enclosures;

public sealed class OaExecOutputTests
{
    private const string Banner = "HPE BladeSystem Onboard Administrator\n(C) Copyright 2006-2019 Hewlett Packard Enterprise Development LP\n\n";

    [Theory]
    [InlineData("rack7-oa1 [SCRIPT MODE]> SHOW VCMODE\n\n\nVirtual Connect Mode: Enabled\n\nrack7-oa1 [SCRIPT MODE]> \n\nSHOW VCMODE\n", "Virtual Connect Mode: Enabled")]
    [InlineData("rack7-oa1> show vcmode\n\nVirtual Connect Mode: Enabled   \n\trest\nrack7-oa1> ", "Virtual Connect Mode: Enabled\n\trest")]
    [InlineData("Keep out> now\nOA-0200C0FFEE01 [SCRIPT MODE]>SHOW VCMODE\nVirtual Connect Mode: Enabled\nOA-0200C0FFEE01 [SCRIPT MODE]>", "Virtual Connect Mode: Enabled")]
    [InlineData("oa> SHOW VCMODE\na > b\nother> line\noa> \n", "a > b\nother> line")]
    [InlineData("oa> SHOW VCMODE\noa> \n", "")]
    public void Answer_stands_between_the_echo_and_the_next_prompt(string output, string answer)
    {
        OaExecOutput.AnswerOf(Banner + output, "SHOW VCMODE").ShouldBe(answer);
        OaExecOutput.AnswerOf((Banner + output).Replace("\n", "\r\n", StringComparison.Ordinal), "SHOW VCMODE").ShouldBe(answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Virtual Connect Mode: Enabled\n")]
    [InlineData("oa [SCRIPT MODE]> SHOW VCMODE\nVirtual Connect Mode: Enabled\n")]
    [InlineData("oa [SCRIPT MODE]> SHOW OA STATUS\nRole: Active\noa [SCRIPT MODE]> \n")]
    public void Output_without_echo_or_end_has_no_answer(string output) => OaExecOutput.AnswerOf(Banner + output, "SHOW VCMODE").ShouldBeNull();
}
