using System.Runtime.CompilerServices;
using Shouldly;

namespace OpsKit.TestKit;

/// <summary>Compares text with a file beside the test; <c>OPSKIT_ACCEPT=1</c> rewrites the file instead.</summary>
public static class Golden
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("OPSKIT_ACCEPT") == "1";

    /// <summary>Asserts that <paramref name="actual"/> equals <c>Golden/{name}</c> beside the calling test file.</summary>
    public static void ShouldMatch(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name);
        if (Accept)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        File.Exists(path).ShouldBeTrue($"golden file {path} is missing; OPSKIT_ACCEPT=1 writes it");
        actual.ReplaceLineEndings("\n").ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"differs from {path}");
    }
}
