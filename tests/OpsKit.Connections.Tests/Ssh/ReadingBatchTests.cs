using CsCheck;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class ReadingBatchTests
{
    [Fact]
    public void Commands_run_one_after_the_other_whatever_each_comes_to() =>
        ReadingBatch.Text("mark", [ReadingCommand.Program("uptime"), ReadingCommand.Program("cat", "/etc/it's")]).ShouldBe(
            @"uptime 2>&1; printf '\n%s %s\n' mark $?; cat '/etc/it'\''s' 2>&1; printf '\n%s %s\n' mark $?");

    [Fact]
    public void Output_is_given_back_byte_for_byte() => Gen.String[Gen.Char["ab \n\t01"], 0, 40].Array[0, 6].Sample(outputs =>
        ReadingBatch.Split("opskit-1", string.Concat(outputs.Select((output, place) => $"{output}\nopskit-1 {place}\n")))
            .ShouldBe(outputs.Select((output, place) => new ReadingResult(place, output))));

    /// <summary>What a lost connection cut is missed, not taken for shorter.</summary>
    [Fact]
    public void Answer_that_is_cut_has_fewer_results()
    {
        const string Whole = "one\n\nopskit-1 0\ntwo\nopskit-1 1\n";
        for (var length = 0; length < Whole.Length; length++)
            ReadingBatch.Split("opskit-1", Whole[..length]).Count.ShouldBeLessThan(2);
    }

    [Theory]
    [InlineData("-F -m 5 -e x /var/log/vmkernel.log", true)]
    [InlineData("-F -m 5 -e x -e -f /var/log/vmkernel.log", true)]
    [InlineData("-F -m 5 -e x", false)]
    [InlineData("-F -m 5 -f /etc/passwd /var/log/x", false)]
    [InlineData("-F -m 0 -e x /var/log/x", false)]
    [InlineData("-r x /", false)]
    public void Searching_a_file_reads_with_plain_texts_alone(string arguments, bool reads)
    {
        if (reads)
            ReadingCommand.Program("grep", arguments.Split(' ')).Text.ShouldBe($"grep {arguments}");
        else
            Should.Throw<OpsKitException>(() => ReadingCommand.Program("grep", arguments.Split(' '))).Kind.ShouldBe(FailureKind.Usage);
    }
}
