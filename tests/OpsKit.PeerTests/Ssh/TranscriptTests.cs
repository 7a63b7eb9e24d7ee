using System.Text.Json;
using System.Text.RegularExpressions;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Transcripts;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.PeerTests.VSphere;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.PeerTests.Ssh;

/// <summary>What transcripts hold of real conversations.</summary>
public sealed partial class TranscriptTests(SshPeer peer) : IClassFixture<SshPeer>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-transcripts-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Commands_shells_and_uploads_are_taken_down_and_the_password_is_not()
    {
        await using var server = await SshServer.StartAsync(peer.User);
        var host = peer.JumpHost();
        var redactor = new Redactor();
        using var transcripts = new TranscriptFolder(redactor);
        using var connector = new SshConnector(
            KnownHosts.Of(host), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, redactor), host, new SshOptions { Transcript = transcripts });
        await using var session = await connector.ConnectAsync(peer.Endpoint(server.Port, credential: peer.Password()), Token);
        transcripts.RecordInto(_folder, null);

        await session.RunAsync($"echo {PosixShell.Quote(peer.User.Password)}; echo nein >&2; exit 3", Token);
        await using (var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt() }, Token))
            await shell.AskAsync("echo typed", Token);
        var file = Path.Combine(peer.Folder, "driver.vib");
        await File.WriteAllTextAsync(file, "content", Token);
        var sent = await session.UploadAsync(new Upload(file, $"{peer.User.Home}/there.vib"), null, Token);

        var said = await ReadAsync("esx01.ssh.txt");
        said.ShouldContain("; echo nein >&2; exit 3\n| ***\n! nein\n");
        said.ShouldContain("command, exit status 3");
        said.ShouldContain("$ echo typed\n| typed\n");
        said.ShouldContain(sent.Sha256);
        said.ShouldContain($"$ {file} to {peer.User.Home}/there.vib");
        said.ShouldNotContain(peer.User.Password);
    }

    [Fact]
    public async Task Calls_of_a_vcenter_are_taken_down_with_their_bodies_and_the_login_without_its_password()
    {
        await using var server = await VCenterSimulator.StartAsync();
        var environment = new Dictionary<string, string> { ["VC_PASSWORD"] = server.Password };
        var host = JumpHost.From(environment, _folder, _folder, windows: false);
        var redactor = new Redactor();
        using var transcripts = new TranscriptFolder(redactor);
        transcripts.RecordInto(_folder, null);
        var connector = new VSphereConnector(
            new TrustStore(host), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, redactor), host, transcript: transcripts);

        await using (var session = await connector.ConnectAsync(server.Endpoint(), Token))
        {
            await foreach (var found in session.Properties.RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name), Token))
                found.Reference.Type.ShouldBe("VirtualMachine");
        }

        var text = await ReadAsync("vcsim.soap.jsonl");
        var calls = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        calls.Select(call => call.GetProperty("operation").GetString()).ShouldContain("Logout");
        var login = calls.Single(call => call.GetProperty("operation").GetString() == "Login");
        // The simulator's password is "pass", which is gone from the element's name, too.
        login.GetProperty("request").GetString()!.ShouldContain("word>***</");
        login.GetProperty("answer").GetString().ShouldBe("");
        calls.ShouldContain(call => call.GetProperty("operation").GetString() == "RetrievePropertiesEx" && call.GetProperty("answer").GetString()!.Contains("VirtualMachine", StringComparison.Ordinal));
        text.ShouldNotContain(server.Password);
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_folder, TranscriptFolder.Name, file), Token);

    [GeneratedRegex(@"[$#] \z")]
    private static partial Regex Prompt();
}
