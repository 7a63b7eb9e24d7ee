using System.Security.Cryptography;

namespace OpsKit.TestKit;

/// <summary>A user of this machine who logs in with a password or a key; gone again when disposed. Needs root.</summary>
public sealed class SshUser : IAsyncDisposable
{
    private readonly string _folder;

    private SshUser(string name, string folder)
    {
        Name = name;
        _folder = folder;
    }

    /// <summary>The user's name.</summary>
    public string Name { get; }

    /// <summary>The user's password.</summary>
    public string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)) + "'$ \"ä";

    /// <summary>Path of a private key the user may log in with.</summary>
    public string PrivateKey => Path.Combine(_folder, "key");

    /// <summary>Path of a private key with a passphrase.</summary>
    public string LockedKey => Path.Combine(_folder, "locked");

    /// <summary>The passphrase of <see cref="LockedKey"/>.</summary>
    public string Passphrase => "open sesame";

    /// <summary>Path of a private key nobody knows.</summary>
    public string StrangeKey => Path.Combine(_folder, "strange");

    /// <summary>Path of the authorized_keys file.</summary>
    public string AuthorizedKeys => Path.Combine(_folder, "authorized_keys");

    /// <summary>A folder the user may write.</summary>
    public string Home => Path.Combine(_folder, "home");

    /// <summary>Creates a user with a fast login shell.</summary>
    public static async Task<SshUser> CreateAsync(string shell = "/bin/dash")
    {
        var folder = Directory.CreateTempSubdirectory("opskit-ssh-user-").FullName;
        await Shell.RunAsync("chmod", "755", folder);
        var user = new SshUser("opskit" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), folder);
        await Shell.RunAsync("useradd", "--no-log-init", "--home-dir", user.Home, "--create-home", "--skel", "/nonexistent", "--shell", shell, user.Name);
        await Shell.RunWithInputAsync($"{user.Name}:{user.Password}\n", "chpasswd");
        await Shell.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", user.PrivateKey);
        await Shell.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", user.Passphrase, "-f", user.LockedKey);
        await Shell.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", user.StrangeKey);
        await File.WriteAllTextAsync(user.AuthorizedKeys, await File.ReadAllTextAsync(user.PrivateKey + ".pub") + await File.ReadAllTextAsync(user.LockedKey + ".pub"));
        return user;
    }

    /// <summary>Removes the user, what runs under it and its files.</summary>
    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("pkill", "-KILL", "-u", Name);
        await Shell.TryAsync("userdel", "--force", Name);
        Directory.Delete(_folder, recursive: true);
    }
}
