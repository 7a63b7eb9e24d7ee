using CsCheck;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class ReadingBatchTests
{
    private static readonly ReadingCommand First = ReadingCommand.Program("uptime");
    private static readonly ReadingCommand Second = ReadingCommand.Program("cat", "/etc/it's");

    [Fact]
    public void Commands_run_one_after_the_other_whatever_each_comes_to()
    {
        var batch = Batch(First, Second);

        batch.ToCommand().Text.ShouldBe($@"uptime 2>&1; printf '\n%s %s\n' {batch.Mark} $?; cat '/etc/it'\''s' 2>&1; printf '\n%s %s\n' {batch.Mark} $?");
    }

    [Fact]
    public void Output_is_given_back_byte_for_byte() => Gen.String[Gen.Char["ab \n\t01"], 0, 40].Array[1, 6].Sample(outputs =>
    {
        var batch = Batch([.. outputs.Select(_ => First)]);
        batch.Split(string.Concat(outputs.Select((output, place) => $"{output}\n{batch.Mark} {place}\n")))
            .ShouldBe(outputs.Select((output, place) => new ReadingResult(First, place, output)));
    });

    /// <summary>What a lost connection cut is missed, not taken for shorter.</summary>
    [Fact]
    public void Answer_that_is_cut_has_fewer_results()
    {
        var batch = Batch(First, Second);
        var whole = $"one\n\n{batch.Mark} 0\ntwo\n{batch.Mark} 1\n";
        for (var length = 0; length < whole.Length; length++)
            batch.Split(whole[..length]).Count.ShouldBeLessThan(2);
    }

    [Fact]
    public void Output_that_looks_like_an_end_is_none()
    {
        var batch = Batch(First);

        batch.Split($"\n0000000000000000 0\n\n{batch.Mark} 0\n").Single().Output.ShouldBe("\n0000000000000000 0\n");
        Batch(First).Mark.ShouldNotBe(batch.Mark);
    }

    [Fact]
    public void Lines_for_dropbear_are_as_short_as_it_takes_them()
    {
        var commands = Enumerable.Range(0, 60).Select(nic => ReadingCommand.Program("vim-cmd", "hostsvc/net/query_networkhint", $"--pnic-name=vmnic{nic}")).ToList();

        var batches = ReadingBatch.Of(commands, "SSH-2.0-dropbear_0.52").ToList();

        batches.SelectMany(batch => batch.Commands).ShouldBe(commands);
        batches.ShouldAllBe(batch => batch.ToCommand().Text.Length <= 1024);
        ReadingBatch.Of(commands, "SSH-2.0-OpenSSH_5.6").ShouldHaveSingleItem();
    }

    [Fact]
    public void Time_of_a_batch_is_that_of_its_commands_together_but_ten_minutes_at_most()
    {
        Batch(First with { Timeout = TimeSpan.FromSeconds(5) }, Second).ToCommand().Timeout.ShouldBe(TimeSpan.FromSeconds(65));
        Batch([.. Enumerable.Repeat(First, 60)]).ToCommand().Timeout.ShouldBe(TimeSpan.FromMinutes(10));
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

    private static ReadingBatch Batch(params IReadOnlyList<ReadingCommand> commands) => ReadingBatch.Of(commands, "SSH-2.0-OpenSSH_9.8").Single();
}
