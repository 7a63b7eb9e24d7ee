namespace OpsKit.Lab.Doors;

/// <summary>A thing that is spoken to over SSH: an ESXi host, an Onboard Administrator, a Virtual Connect module, an iLO.</summary>
internal interface IShellEndpoint
{
    /// <summary>The name of the thing in the inventory, such as <c>esx01</c> or <c>enc1</c>.</summary>
    string Name { get; }

    /// <summary>Whether it takes connections at all: one that is switched off or whose SSH is, refuses them.</summary>
    bool Listens => true;

    /// <summary>Whether a login is taken.</summary>
    bool Accepts(string user, string password);

    /// <summary>An exec channel: runs one command line with its input; output as the thing writes it.</summary>
    Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken);

    /// <summary>An interactive shell: banner, prompt, confirmations; ends with the stream or an <c>exit</c>.</summary>
    Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken);

    /// <summary>The folder of this machine that backs the thing's file system for SFTP; null where it has none.</summary>
    string? FileSystemRoot { get; }

    /// <summary>The permission bits of those files; null where they are those of this machine's files.</summary>
    IShellModes? FileModes => null;
}

/// <summary>Permission bits that a thing keeps of its files itself, by their paths on this machine.</summary>
internal interface IShellModes
{
    int Of(string path, bool folder);

    void Set(string path, int mode);

    void Move(string from, string to);

    void Forget(string path);
}

/// <summary>How a session ended.</summary>
internal sealed record ShellOutcome(int ExitStatus);
