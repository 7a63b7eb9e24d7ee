namespace OpsKit.PeerTests.Lab;

/// <summary>Scripts both shells run, by topic. Each runs in an empty <c>/tmp</c> with the arguments <c>one</c>, <c>two words</c>, <c>three</c>.</summary>
internal static class ShellCorpus
{
    /// <summary>What scripts find at their input.</summary>
    public const string Input = "first line\nsecond line\nthird\n";

    private const string Separator = "\n----\n";

    public static IEnumerable<string> Topics => Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal);

    private static string Folder => OpsKit.TestKit.Repository.PathOf("tests/OpsKit.PeerTests/Lab/Corpus");

    public static IEnumerable<string> Of(string topic) => File.ReadAllText(Path.Combine(Folder, topic + ".txt")).ReplaceLineEndings("\n").TrimEnd('\n').Split(Separator);
}
