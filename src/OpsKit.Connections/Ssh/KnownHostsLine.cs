using System.Security.Cryptography;
using System.Text;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Ssh;

/// <summary>What a line of known_hosts says about its key.</summary>
public enum KnownHostsMarker
{
    /// <summary>The key is trusted.</summary>
    None,

    /// <summary><c>@revoked</c>: the key must never be accepted.</summary>
    Revoked,

    /// <summary><c>@cert-authority</c>: the key signs host certificates. OpsKit does not follow it.</summary>
    CertificateAuthority,
}

/// <summary>One line of a known_hosts file (OpenSSH's sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").</summary>
public sealed record KnownHostsLine
{
    private const string HashMagic = "|1|";

    /// <summary>The host patterns as written, or the hashed name.</summary>
    public required string Hosts { get; init; }

    /// <summary>The key.</summary>
    public required SshHostKey Key { get; init; }

    /// <summary>The marker before the hosts.</summary>
    public KnownHostsMarker Marker { get; init; }

    /// <summary>What follows the key; empty where nothing does.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where the host name is hashed (<c>|1|salt|hash</c>).</summary>
    public bool IsHashed => Hosts.StartsWith(HashMagic, StringComparison.Ordinal);

    /// <summary>The name a host has in known_hosts: bare on port 22, <c>[host]:port</c> elsewhere, in lower case.</summary>
    public static string NameOf(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        var bare = host.Trim('[', ']').ToLowerInvariant();
        return port == 22 ? bare : $"[{bare}]:{port}";
    }

    /// <summary>Reads a line. Empty lines and comments give neither a line nor an error.</summary>
    /// <param name="text">The line; a trailing carriage return is ignored.</param>
    /// <param name="line">The line read, or null.</param>
    /// <param name="error">What is wrong; empty where nothing is.</param>
    public static bool TryParse(string text, out KnownHostsLine? line, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        line = null;
        error = "";
        var fields = text.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0].StartsWith('#'))
            return false;

        var marker = KnownHostsMarker.None;
        var first = 0;
        if (fields[0].StartsWith('@'))
        {
            first = 1;
            if (fields[0] is "@revoked")
                marker = KnownHostsMarker.Revoked;
            else if (fields[0] is "@cert-authority")
                marker = KnownHostsMarker.CertificateAuthority;
            else
                error = $"unknown marker {fields[0]}";
        }

        if (error.Length == 0 && fields.Length < first + 3)
            error = "expected: hosts, key type, key";
        if (error.Length > 0 || !SshHostKey.TryParse(fields[first + 1], fields[first + 2], out var key, out error))
            return false;

        line = new KnownHostsLine { Hosts = fields[first], Marker = marker, Key = key!, Comment = string.Join(' ', fields[(first + 3)..]) };
        if (!line.IsHashed || line.TryHash(out _, out _))
            return true;
        line = null;
        error = "the hashed name is damaged";
        return false;
    }

    /// <summary>True where the line speaks of a host.</summary>
    /// <param name="name">The name by <see cref="NameOf"/>.</param>
    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsHashed)
        {
            return TryHash(out var salt, out var hash)
                && CryptographicOperations.FixedTimeEquals(HashOf(name, salt), hash);
        }

        var matched = false;
        foreach (var pattern in Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var negated = pattern.StartsWith('!');
            if (!GlobPattern.Matches(negated ? pattern[1..] : pattern, name))
                continue;
            if (negated)
                return false;
            matched = true;
        }

        return matched;
    }

    /// <summary>The line as it stands in a file, without its end.</summary>
    public string ToLine()
    {
        var marker = Marker switch
        {
            KnownHostsMarker.Revoked => "@revoked ",
            KnownHostsMarker.CertificateAuthority => "@cert-authority ",
            _ => "",
        };
        return $"{marker}{Hosts} {Key.Type} {Key.Base64}{(Comment.Length > 0 ? $" {Comment}" : "")}";
    }

    /// <summary>A name hashed with a salt of 20 bytes, as <c>HashKnownHosts yes</c> writes it.</summary>
    public static string HashName(string name, ReadOnlySpan<byte> salt) =>
        $"{HashMagic}{Convert.ToBase64String(salt)}|{Convert.ToBase64String(HashOf(name, salt))}";

#pragma warning disable CA5350 // The file format's own hash; it hides names, it protects nothing.
    private static byte[] HashOf(string name, ReadOnlySpan<byte> salt) => HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350

    private bool TryHash(out byte[] salt, out byte[] hash)
    {
        salt = hash = [];
        var parts = Hosts[HashMagic.Length..].Split('|');
        if (parts.Length != 2)
            return false;
        try
        {
            salt = Convert.FromBase64String(parts[0]);
            hash = Convert.FromBase64String(parts[1]);
            return salt.Length > 0 && hash.Length == SHA1.HashSizeInBytes;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
