using CsCheck;
using OpsKit.Connections;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Playbooks;

public sealed class PlaybookPropertyTests
{
    private static readonly string[] Words =
    [
        "name", "inventory", "vars", "guards", "steps", "uses", "targets", "with", "batch", "batch-by", "stop-after-failures", "confirm", "timeout",
        "ping", "command", "window", "failures", "days", "from", "to", "time-zone", "most", "run", "interval", "outage", "share-of-targets",
        "test.hosts", "test.report", "pause", "instructions", "cluster:", "vm:", "tag=", "folder=", "${", "$${", "}", "a", "1", "50%", "all", "1s", "22:00", "sat",
        ": ", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ", ", "\"", "'", "&a ", "*a", "#", "!", "|", ">", "~", "\t",
    ];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(place => Words[place]);

    [Fact]
    public void Random_valid_playbook_is_read_as_written() => Gen.Int.Sample(
        seed =>
        {
            var made = new RandomPlaybook(seed, TestVerb.All);

            var read = PlaybookReader.Parse(made.Text, "p.yaml", null, TestVerb.All);

            read.Name.ShouldBe(made.Name, made.Text);
            read.Guards.Count.ShouldBe(made.Guards);
            read.Steps.Select(RandomPlaybook.Describe).ShouldBe(made.Steps, made.Text);
        },
        iter: 2000);

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(Try);

    [Fact]
    public void Any_text_of_a_playbooks_own_words_is_read_or_refused() =>
        Word.Array[0, 60].Sample(words => Try(string.Concat(words)), iter: 20_000);

    /// <summary>A valid playbook with a few characters changed gets further into the binder than noise does.</summary>
    [Fact]
    public void Playbook_with_a_piece_cut_out_or_put_in_is_read_or_refused() =>
        Gen.Select(Gen.Int, Gen.Double.Unit, Gen.Int[0, 12], Word).Sample(
            (seed, share, length, word) =>
            {
                var text = new RandomPlaybook(seed, TestVerb.All).Text;
                var at = (int)(share * (text.Length - 1));
                Try(text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, length % 2 == 0 ? word : ""));
            },
            iter: 20_000);

    [Fact]
    public void Any_text_is_a_selector_or_refused() => Gen.OneOf(Gen.String, Word.Array[0, 8].Select(string.Concat)).Sample(text =>
    {
        try
        {
            TargetSelector.Parse(text, "--limit").Text.ShouldBe(text.Trim());
        }
        catch (OpsKitException e)
        {
            e.Kind.ShouldBe(FailureKind.Usage);
            e.Message.ShouldStartWith("--limit: ");
        }
    });

    [Theory]
    [InlineData("guards", "  - failures: {most: 1}\n", 101, "101 guards, expected at most 100")]
    [InlineData("steps", "  - {uses: test.hosts, targets: a}\n", 1001, "1001 steps, expected 1 to 1000")]
    [InlineData("vars", "  a#: b\n", 101, "101 variables, expected at most 100")]
    public void Lists_are_bounded(string key, string item, int count, string expected)
    {
        var items = string.Concat(Enumerable.Range(0, count).Select(number => item.Replace("#", $"{number}", StringComparison.Ordinal)));

        Should.Throw<OpsKitException>(() => PlaybookReader.Parse($"name: x\n{key}:\n{items}", "p.yaml", null, TestVerb.All)).Message.ShouldContain(expected);
    }

    [Fact]
    public void File_that_is_too_large_is_refused_unread()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("opskit-playbook").FullName, "big.yaml");
        File.WriteAllText(file, "name: x\n" + new string('#', 1024 * 1024));

        Should.Throw<OpsKitException>(() => PlaybookReader.Read(file, "big.yaml", null, TestVerb.All)).Message.ShouldBe("big.yaml: is 1,048,584 bytes long; the limit is 1,048,576");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Inventory_is_beside_the_playbook()
    {
        var folder = Directory.CreateTempSubdirectory("opskit-playbook").FullName;
        var file = Path.Combine(folder, "p.yaml");
        foreach (var (written, read) in new[] { ("lab.yaml", Path.Combine(folder, "lab.yaml")), ("../a.yaml", Path.Combine(Path.GetDirectoryName(folder)!, "a.yaml")), ("/etc/a.yaml", "/etc/a.yaml"), ("~/a.yaml", "~/a.yaml") })
        {
            File.WriteAllText(file, $"\uFEFFname: x\ninventory: {written}\nsteps: [{{uses: pause, with: {{instructions: x}}}}]\n");
            PlaybookReader.Read(file, "p.yaml", null, TestVerb.All).Inventory.ShouldBe(read);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Try(string text)
    {
        try
        {
            PlaybookReader.Parse(text, "p.yaml", null, TestVerb.All).Steps.ShouldNotBeEmpty();
        }
        catch (OpsKitException e)
        {
            e.Kind.ShouldBe(FailureKind.Usage);
            e.Message.ShouldMatch(@"^p\.yaml:\d+:\d+: .");
        }
    }
}
