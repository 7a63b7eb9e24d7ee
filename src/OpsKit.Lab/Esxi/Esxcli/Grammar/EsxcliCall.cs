using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>A command that is being carried out on a host.</summary>
internal sealed record EsxcliCall(LabEstate Estate, LabHost Host, Version Version, string FileSystemRoot, OptionValues Options, CancellationToken CancellationToken)
{
    public string MapFile(string path) => ShellFiles.Map(FileSystemRoot, path);

    public T UnderGate<T>(Func<EsxcliCall, T> work)
    {
        lock (Estate.Gate)
            return work(this);
    }

    /// <summary>Whether the host is of this version or newer.</summary>
    public bool IsAtLeast(int major, int minor = 0) => Version >= new Version(major, minor);
}
