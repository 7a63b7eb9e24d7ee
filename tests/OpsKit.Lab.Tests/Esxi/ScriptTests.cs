using OpsKit.Lab.Esxi;

namespace OpsKit.Lab.Tests.Esxi;

public sealed class ScriptTests : IAsyncDisposable
{
    private readonly TinyEsxi _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("echo one; echo two", "one\ntwo\n")]
    [InlineData("x='a b'; echo $x; echo \"$x\"", "a b\na b\n")]
    [InlineData("set -- a 'b c' d; for w in \"$@\"; do echo \"<$w>\"; done", "<a>\n<b c>\n<d>\n")]
    [InlineData("echo ${x:-default} ${x-unset}; x=; echo ${x:-empty} \"${x-no}\"", "default unset\nempty \n")]
    [InlineData("echo $(echo inner; echo more) `echo old`", "inner more old\n")]
    [InlineData("i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", "1\n2\n3\n")]
    [InlineData("if false; then echo no; elif true; then echo yes; else echo never; fi", "yes\n")]
    [InlineData("case abc in a*) echo starts;; *) echo other;; esac", "starts\n")]
    [InlineData("f() { echo \"$1-$#\"; return 3; }; f x y; echo $?", "x-2\n3\n")]
    [InlineData("printf 'a\\nb\\nc\\n' | grep -v b | wc -l", "2\n")]
    [InlineData("cat <<EOF\nhello $((1+1))\nEOF", "hello 2\n")]
    [InlineData("(cd /tmp; pwd); pwd", "/tmp\n/\n")]
    [InlineData("false || echo rescued && echo on", "rescued\non\n")]
    [InlineData("! true; echo $?", "1\n")]
    [InlineData("nosuch 2>/dev/null; echo $?", "127\n")]
    [InlineData("sleep 500 & echo started; kill $!; wait $!; echo $?", "started\n143\n")]
    [InlineData("exec /bin/sh -c 'echo \"$0 $1\"' opskit arg", "opskit arg\n")]
    public async Task Script_prints_what_it_should(string script, string output)
    {
        var ran = await _lab.RunAsync(script);
        ran.Output.ShouldBe(output);
        ran.Error.ShouldBe("");
    }

    [Theory]
    [InlineData("exit 7", 7, "")]
    [InlineData("nosuch", 127, "sh: nosuch: not found\n")]
    [InlineData("/tmp", 126, "sh: /tmp: Permission denied\n")]
    [InlineData("if true", 2, "sh: syntax error: unexpected end of file (expecting \"then\")\n")]
    [InlineData("echo $((1/0))", 2, "sh: divide by zero\n")]
    [InlineData("echo x > /nosuch/file", 1, "sh: can't create /nosuch/file: nonexistent directory\n")]
    [InlineData("kill -9 $$", 137, "")]
    public async Task Script_that_fails_says_so(string script, int status, string error)
    {
        var ran = await _lab.RunAsync(script);
        (ran.Status, ran.Error).ShouldBe((status, error));
    }
}
