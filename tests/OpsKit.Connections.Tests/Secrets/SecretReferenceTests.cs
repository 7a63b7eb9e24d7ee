using CsCheck;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Tests.Secrets;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("env:VC_PASSWORD", SecretSource.Environment, "VC_PASSWORD")]
    [InlineData("file: ~/.vc-password ", SecretSource.File, "~/.vc-password")]
    [InlineData("file:C:\\secrets\\vc", SecretSource.File, "C:\\secrets\\vc")]
    [InlineData("cmd:pass show vc | head -1", SecretSource.Command, "pass show vc | head -1")]
    [InlineData("prompt", SecretSource.Prompt, "")]
    public void Reference_is_read(string text, SecretSource source, string value) =>
        SecretReference.Parse(text, "--password").ShouldBe(new SecretReference(source, value));

    [Fact]
    public void Reference_reads_back_as_it_is_written() =>
        Gen.Select(Gen.Int[0, 2].Select(i => new[] { "env", "file", "cmd" }[i]), Gen.String[Gen.Char['!', '~'], 1, 30]).Sample((source, value) =>
        {
            var reference = SecretReference.Parse($"{source}:{value}", "test");

            reference.Value.ShouldBe(value);
            SecretReference.Parse(reference.ToString(), "test").ShouldBe(reference);
        });

    [Fact]
    public void Word_that_is_no_reference_is_never_repeated() => Gen.String[Gen.Char['!', '~'], 5, 30].Sample(text =>
    {
        try
        {
            SecretReference.Parse(text, "--password");
        }
        catch (OpsKitException e) when (!text.StartsWith("env:", StringComparison.Ordinal) && !text.StartsWith("file:", StringComparison.Ordinal) && !text.StartsWith("cmd:", StringComparison.Ordinal))
        {
            (e.Message + e.Next).ShouldNotContain(text, Case.Sensitive);
            e.Message.ShouldStartWith("--password: ");
            e.Next.ShouldNotBeNull();
        }
    });
}
