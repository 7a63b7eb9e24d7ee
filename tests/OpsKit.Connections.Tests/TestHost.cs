using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Tests;

/// <summary>A jump host with folders of its own, removed when disposed.</summary>
internal sealed class TestHost : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("opskit-test-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public JumpHost JumpHost => JumpHost.From(Environment, Folder, Folder, OperatingSystem.IsWindows());

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
