using Renci.SshNet;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// Which algorithms are offered, and in which order. Modern ones only, unless an endpoint allows legacy ones; curve25519 before the hybrid
/// post-quantum exchanges, which cost twenty times its processor time in managed code.
/// </summary>
internal static class SshAlgorithms
{
    private static readonly string[] KeyExchanges =
    [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
        "mlkem768x25519-sha256", "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com",
        "diffie-hellman-group14-sha256", "diffie-hellman-group16-sha512", "diffie-hellman-group-exchange-sha256", "diffie-hellman-group18-sha512",
    ];

    private static readonly string[] LegacyKeyExchanges =
        ["diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1"];

    private static readonly string[] Ciphers =
        ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr", "chacha20-poly1305@openssh.com"];

    private static readonly string[] LegacyCiphers = ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"];

    private static readonly string[] Macs =
        ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"];

    private static readonly string[] LegacyMacs = ["hmac-sha1-etm@openssh.com", "hmac-sha1"];

    private static readonly string[] HostKeys =
        ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256"];

    private static readonly string[] LegacyHostKeys = ["ssh-rsa"];

    /// <summary>Sets the offer of a connection.</summary>
    /// <param name="connection">The connection, before it is opened.</param>
    /// <param name="allowLegacy">Offer the legacy ones, too, after the others.</param>
    /// <param name="knownKeyTypes">Host key types on record for the host; they are asked for first.</param>
    internal static void Offer(ConnectionInfo connection, bool allowLegacy, IReadOnlyList<string> knownKeyTypes)
    {
        Arrange(connection.KeyExchangeAlgorithms, Choose(KeyExchanges, LegacyKeyExchanges, allowLegacy));
        Arrange(connection.Encryptions, Choose(Ciphers, LegacyCiphers, allowLegacy));
        Arrange(connection.HmacAlgorithms, Choose(Macs, LegacyMacs, allowLegacy));
        Arrange(connection.HostKeyAlgorithms, HostKeyOrder(Choose(HostKeys, LegacyHostKeys, allowLegacy), knownKeyTypes));
    }

    /// <summary>The host key algorithms with those of known types first. Certificates are never asked for: known_hosts holds plain keys.</summary>
    internal static string[] HostKeyOrder(IReadOnlyList<string> algorithms, IReadOnlyList<string> knownKeyTypes) =>
        [.. algorithms.OrderByDescending(algorithm => knownKeyTypes.Contains(KeyTypeOf(algorithm), StringComparer.Ordinal))];

    /// <summary>True where an algorithm in use is a legacy one.</summary>
    internal static bool IsLegacy(ConnectionInfo connection) =>
        LegacyKeyExchanges.Contains(connection.CurrentKeyExchangeAlgorithm)
        || LegacyCiphers.Contains(connection.CurrentClientEncryption)
        || LegacyMacs.Contains(connection.CurrentClientHmacAlgorithm)
        || LegacyHostKeys.Contains(connection.CurrentHostKeyAlgorithm);

    private static string KeyTypeOf(string algorithm) => algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;

    private static string[] Choose(string[] modern, string[] legacy, bool allowLegacy) => allowLegacy ? [.. modern, .. legacy] : modern;

    private static void Arrange<T>(IOrderedDictionary<string, T> offered, IReadOnlyList<string> wanted)
    {
        var position = 0;
        foreach (var name in wanted)
        {
            if (offered.ContainsKey(name))
                offered.SetPosition(name, position++);
        }

        while (offered.Count > position)
            offered.RemoveAt(offered.Count - 1);
    }
}
