using System.Diagnostics;
using CsCheck;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class PosixShellTests
{
    [Theory]
    [InlineData("plain-1.0_x:/@%+,", "plain-1.0_x:/@%+,")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("~", "'~'")]
    [InlineData("--formatter=xml", "--formatter=xml")]
    [InlineData("--name=", "--name=")]
    [InlineData("--name=a b", "'--name=a b'")]
    [InlineData("--na me=a", "'--na me=a'")]
    [InlineData("name=value", "'name=value'")]
    public void Word_is_quoted_where_it_must_be(string text, string quoted) => PosixShell.Quote(text).ShouldBe(quoted);

    [Fact]
    public void Nul_is_refused() => Should.Throw<ArgumentException>(() => PosixShell.Quote("a\0b"));

    [Fact]
    public void Any_words_come_out_of_a_real_shell_as_they_went_in() =>
        Gen.String[Gen.Char['\u0001', '\u02ff'], 0, 30].Array[1, 20].Sample(
            words =>
            {
                var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
                start.ArgumentList.Add("-c");
                start.ArgumentList.Add(PosixShell.Command(["printf", "%s\\0", .. words]));
                using var process = Process.Start(start)!;

                process.StandardOutput.ReadToEnd().Split('\0')[..^1].ShouldBe(words);
            },
            iter: 40);
}
