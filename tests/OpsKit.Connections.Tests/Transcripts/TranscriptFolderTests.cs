using System.Security;
using System.Text;
using System.Text.Json;
using CsCheck;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Transcripts;
using OpsKit.Vim25;

namespace OpsKit.Connections.Tests.Transcripts;

public sealed class TranscriptFolderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Gen<string> Passwords = Gen.String[Gen.Char[' ', '~'], 8, 24].Where(text => text.Trim().Length >= 8 && !text.Contains('*', StringComparison.Ordinal));

    private readonly TestHost _host = new();
    private readonly Redactor _redactor = new();
    private readonly List<string> _lost = [];

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Nothing_is_recorded_until_a_folder_is_named()
    {
        using var transcripts = new TranscriptFolder(_redactor);
        transcripts.Ssh(Command("esx01", "ls"));
        transcripts.IsRecording.ShouldBeFalse();

        transcripts.RecordInto(_host.Folder, _lost.Add);
        transcripts.Ssh(Command("esx01", "df"));

        transcripts.IsRecording.ShouldBeTrue();
        Read("esx01.ssh.txt").ShouldBe("## 2026-11-24T12:00:00.000Z  command, exit status 0, 12 ms\n$ df\n| out\n! err\n\n");
        _lost.ShouldBeEmpty();
    }

    [Fact]
    public void Call_is_a_line_of_json()
    {
        using var transcripts = Recording();
        transcripts.Soap("vc1", Call("CurrentTime", "<a>request</a>", "<b>answer</b>"));

        using var line = JsonDocument.Parse(Read("vc1.soap.jsonl"));
        line.RootElement.GetProperty("operation").GetString().ShouldBe("CurrentTime");
        line.RootElement.GetProperty("on").GetString().ShouldBe("ServiceInstance:ServiceInstance");
        line.RootElement.GetProperty("request").GetString().ShouldBe("<a>request</a>");
        line.RootElement.GetProperty("answer").GetString().ShouldBe("<b>answer</b>");
        Read("vc1.soap.jsonl").ShouldContain("<b>answer</b>");
    }

    [Fact]
    public void Secret_is_gone_in_every_dress_and_wherever_the_text_is_cut() =>
        Gen.Select(Passwords, Gen.Int[0, 40], Gen.Int[20, 60]).Sample((secret, before, kept) =>
        {
            var redactor = new Redactor();
            redactor.Register(new Secret(secret));
            using var folder = new TestHost();
            using var transcripts = new TranscriptFolder(redactor, new TranscriptLimits { KeptCharacters = kept });
            transcripts.RecordInto(folder.Folder, null);
            string[] dressed =
            [
                secret, SecurityElement.Escape(secret), JsonSerializer.Serialize(secret).Trim('"'), Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
            ];

            foreach (var dress in dressed)
            {
                var text = new string('\u00e4', before) + dress + new string('\u00f6', 120);
                transcripts.Ssh(Command("esx01", text) with { Output = text, Error = text, Detail = text });
                transcripts.Soap("vc1", Call("X", text, text));
            }

            transcripts.Dispose();
            var ssh = File.ReadAllText(Path.Combine(folder.Folder, "transcripts", "esx01.ssh.txt"));
            var soap = File.ReadAllText(Path.Combine(folder.Folder, "transcripts", "vc1.soap.jsonl"));
            // What is left between the letters that are not the secret's is the mark, whole or where the cut went through.
            foreach (var line in ssh.Split('\n').Where(line => line.Length > 2 && line[1] == ' ' && line[0] != '#' && line[0] != '…'))
                line[2..].Trim('\u00e4', '\u00f6').ShouldBeOneOf("", Redactor.Mark);
            foreach (var line in soap.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                JsonDocument.Parse(line).RootElement.GetProperty("answer").GetString()!.Trim('\u00e4', '\u00f6').ShouldBeOneOf("", Redactor.Mark);
        });

    [Fact]
    public void Long_text_is_cut_in_the_middle_with_the_count()
    {
        using var transcripts = Recording(new TranscriptLimits { KeptCharacters = 10 });
        transcripts.Ssh(Command("esx01", "cat big") with { Output = new string('a', 10) + new string('b', 5000) + new string('c', 10) });

        Read("esx01.ssh.txt").ShouldContain("| aaaaaaaaaa\n… 5000 characters left out\n| cccccccccc\n");
    }

    [Fact]
    public void Hostile_output_can_forge_no_heading_and_moves_no_terminal()
    {
        using var transcripts = Recording();
        transcripts.Ssh(Command("esx01", "cat evil") with { Output = "x\n## 2026-11-24T12:00:00.000Z  command, exit status 0\r\n\u001b[2Jgone\u202eevil" });

        var text = Read("esx01.ssh.txt");
        text.Split('\n').Count(line => line.StartsWith("##", StringComparison.Ordinal)).ShouldBe(1);
        text.ShouldContain("| \\u001b[2Jgone\\u202eevil");
    }

    [Fact]
    public async Task Endpoints_and_threads_do_not_get_in_one_anothers_way()
    {
        using var transcripts = Recording();

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), TestContext.Current.CancellationToken, (number, _) =>
        {
            transcripts.Soap($"vc{number % 3}", Call($"Op{number}", new string('r', 3000), new string('a', 3000)));
            transcripts.Ssh(Command("esx01", $"command {number}"));
            return ValueTask.CompletedTask;
        });

        Enumerable.Range(0, 3).SelectMany(vc => Read($"vc{vc}.soap.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("operation").GetString()).Distinct().Count().ShouldBe(400);
        Read("esx01.ssh.txt").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(400);
    }

    [Fact]
    public void File_ends_at_its_limit_with_a_word_and_is_told_once()
    {
        using var transcripts = Recording(new TranscriptLimits { FileBytes = 2000 });
        for (var number = 0; number < 100; number++)
            transcripts.Ssh(Command("esx01", $"command {number}"));
        transcripts.Ssh(Command("esx02", "ls"));

        Read("esx01.ssh.txt").ShouldEndWith("## this file has reached its limit; what follows is not in it\n");
        Read("esx01.ssh.txt").Length.ShouldBeLessThan(2200);
        Read("esx02.ssh.txt").ShouldContain("$ ls");
        _lost.ShouldHaveSingleItem().ShouldContain("esx01.ssh.txt");
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_told_once_and_harms_nothing()
    {
        File.WriteAllText(Path.Combine(_host.Folder, TranscriptFolder.Name), "a file in the folder's place");
        using var transcripts = new TranscriptFolder(_redactor);

        transcripts.RecordInto(_host.Folder, _lost.Add);
        transcripts.Ssh(Command("esx01", "ls"));
        transcripts.Soap("vc1", Call("X", "", ""));

        transcripts.IsRecording.ShouldBeFalse();
        _lost.ShouldHaveSingleItem().ShouldContain("cannot be written and end here");
    }

    [Fact]
    public void Full_disk_is_told_once_and_who_is_told_may_fail_as_well()
    {
        using var transcripts = new TranscriptFolder(_redactor);
        Directory.CreateDirectory(Path.Combine(_host.Folder, TranscriptFolder.Name));
        File.CreateSymbolicLink(Path.Combine(_host.Folder, TranscriptFolder.Name, "esx01.ssh.txt"), "/dev/full");

        transcripts.RecordInto(_host.Folder, what =>
        {
            _lost.Add(what);
            throw new OpsKitException(FailureKind.Failed, "the journal cannot be written either");
        });
        transcripts.Ssh(Command("esx01", "ls"));
        transcripts.Ssh(Command("esx01", "ls"));

        _lost.ShouldHaveSingleItem();
        transcripts.IsRecording.ShouldBeFalse();
    }

    [Fact]
    public void Files_are_their_owners_only()
    {
        using var transcripts = Recording();
        transcripts.Ssh(Command("esx01", "ls"));

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(PathOf("esx01.ssh.txt")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.Combine(_host.Folder, TranscriptFolder.Name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("esx01.site.local", "esx01.site.local")]
    [InlineData("vc-1_a", "vc-1_a")]
    public void Ordinary_name_is_its_file(string name, string file) => TranscriptNames.FileOf(name).ShouldBe(file);

    [Fact]
    public void Any_name_is_a_file_of_its_own_in_the_folder() =>
        Gen.Select(Gen.String[0, 200], Gen.String[0, 200]).Sample((one, other) =>
        {
            foreach (var name in new[] { one, "../" + one, "con", ".." })
            {
                var file = TranscriptNames.FileOf(name);
                file.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
                file[0].ShouldNotBe('.');
                file.Length.ShouldBeInRange(1, 100);
            }

            if (one != other)
                TranscriptNames.FileOf(one).ShouldNotBe(TranscriptNames.FileOf(other));
        });

    [Fact]
    public void Second_folder_takes_over()
    {
        using var transcripts = Recording();
        transcripts.Ssh(Command("esx01", "first"));
        using var other = new TestHost();
        transcripts.RecordInto(other.Folder, null);

        transcripts.Ssh(Command("esx01", "second"));

        Read("esx01.ssh.txt").ShouldNotContain("second");
        File.ReadAllText(Path.Combine(other.Folder, TranscriptFolder.Name, "esx01.ssh.txt")).ShouldContain("$ second");
    }

    private TranscriptFolder Recording(TranscriptLimits? limits = null)
    {
        var transcripts = new TranscriptFolder(_redactor, limits);
        transcripts.RecordInto(_host.Folder, _lost.Add);
        return transcripts;
    }

    private string PathOf(string file) => Path.Combine(_host.Folder, TranscriptFolder.Name, file);

    private string Read(string file)
    {
        using var reader = new StreamReader(new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static SshConversation Command(string endpoint, string command) => new()
    {
        Exchange = new SshExchange(endpoint, SshExchangeKind.Command, command, TimeSpan.FromMilliseconds(12), 0, 3, 0, null),
        Started = Noon,
        Said = command,
        Output = "out\n",
        Error = "err\n",
    };

    private static SoapConversation Call(string operation, string request, string answer) => new(
        new SoapExchange(operation, OperationKind.Query, new ManagedObjectReference("ServiceInstance", "ServiceInstance"), TimeSpan.FromMilliseconds(3), SoapOutcome.Answered, null, answer.Length),
        Noon,
        "8.0.3.0",
        200,
        new SoapBody(request, "", 0),
        new SoapBody(answer, "", 0));
}
