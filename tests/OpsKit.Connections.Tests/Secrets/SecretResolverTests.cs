using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Tests.Secrets;

public sealed class SecretResolverTests : IDisposable
{
    private const string Owner = "password of root for esx01";

    private readonly TestHost _host = new();
    private readonly Redactor _redactor = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Variable_is_read()
    {
        _host.Environment["VC_PASSWORD"] = "hunter2 ";

        (await ResolveAsync("env:VC_PASSWORD")).ShouldBe("hunter2 ");
        _redactor.Redact("it is hunter2 !").ShouldBe("it is ***!");
    }

    [Fact]
    public async Task First_line_of_a_private_file_is_read()
    {
        var file = _host.Write("pw", "hunter2\nsecond line\n");
        Chmod(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await ResolveAsync("file:pw")).ShouldBe("hunter2");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task File_others_can_reach_is_refused_with_the_command_that_mends_it(UnixFileMode others)
    {
        var file = _host.Write("pw", "hunter2\n");
        Chmod(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        var refused = await RefusedAsync("file:pw");

        refused.Message.ShouldContain("by others");
        refused.Next.ShouldNotBeNull().ShouldContain("chmod 600");
        refused.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task First_line_a_command_prints_is_read()
    {
        (await ResolveAsync("cmd:printf 'hunter2\\nmore\\n'")).ShouldBe("hunter2");
    }

    [Fact]
    public async Task Secret_is_fetched_once()
    {
        var count = Path.Combine(_host.Folder, "count");
        using var resolver = Resolver();
        var reference = SecretReference.Parse($"cmd:echo x >> {count}; echo hunter2", "test");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => resolver.ResolveAsync(reference, Owner, Token)));

        (await File.ReadAllLinesAsync(count, Token)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Prompt_asks_for_each_owner_once()
    {
        var prompt = new Asked();
        using var resolver = new SecretResolver(_host.JumpHost, new ProcessRunner(TimeProvider.System), prompt, _redactor);
        var reference = SecretReference.Parse("prompt", "test");

        await resolver.ResolveAsync(reference, "password of a", Token);
        await resolver.ResolveAsync(reference, "password of a", Token);
        await resolver.ResolveAsync(reference, "password of b", Token);

        prompt.Questions.ShouldBe(["Password of a", "Password of b"]);
    }

    [Theory]
    [InlineData("env:NOT_SET", "NOT_SET is not set")]
    [InlineData("file:missing", "does not exist")]
    [InlineData("cmd:exit 3", "exit code 3")]
    [InlineData("cmd:echo oops >&2; exit 1", "oops")]
    [InlineData("cmd:true", "printed nothing")]
    [InlineData("prompt", "no terminal")]
    public async Task What_cannot_be_fetched_is_told_with_its_owner(string reference, string why)
    {
        var refused = await RefusedAsync(reference);

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain(why);
        refused.Message.ShouldContain(Owner);
    }

    [Theory]
    [InlineData("env:")]
    [InlineData("file: ")]
    [InlineData("hunter2")]
    [InlineData("vault:x")]
    [InlineData("")]
    public void What_is_no_reference_is_refused(string text) =>
        Should.Throw<OpsKitException>(() => SecretReference.Parse(text, "--password")).Kind.ShouldBe(FailureKind.Usage);

    private static void Chmod(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
    }

    private SecretResolver Resolver() => new(_host.JumpHost, new ProcessRunner(TimeProvider.System), prompt: null, _redactor);

    private async Task<string> ResolveAsync(string reference)
    {
        using var resolver = Resolver();
        return (await resolver.ResolveAsync(SecretReference.Parse(reference, "test"), Owner, Token)).Reveal();
    }

    private async Task<OpsKitException> RefusedAsync(string reference) => await Should.ThrowAsync<OpsKitException>(() => ResolveAsync(reference));

    private sealed class Asked : ISecretPrompt
    {
        public List<string> Questions { get; } = [];

        public Task<string?> AskAsync(string question, CancellationToken cancellationToken)
        {
            Questions.Add(question);
            return Task.FromResult<string?>("hunter2");
        }
    }
}
