using OpsKit.Connections.Platform;
using OpsKit.Lab.Doors.Sshd;

namespace OpsKit.Lab.Tests.Doors;

public sealed class SshdInstallationTests : IDisposable
{
    private const string Program = "opskit-test-sshd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-lab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Program_is_found_on_the_path()
    {
        var program = Path.Combine(_folder.FullName, Program);
        File.WriteAllText(program, "");

        SshdInstallation.Search(With($"relative{Path.PathSeparator}/nowhere{Path.PathSeparator}{_folder}"), Program).ShouldBe(program);
    }

    [Fact]
    public void Program_that_is_nowhere_is_not_found() => SshdInstallation.Search(With(""), Program).ShouldBeNull();

    private static JumpHost With(string path) => JumpHost.From(new Dictionary<string, string> { ["PATH"] = path }, "/root", "/", windows: false);
}
