using System.Buffers.Binary;
using System.Security.Cryptography;
using OpsKit.Connections.Ssh;

namespace OpsKit.Lab.Doors;

/// <summary>A key pair for SSH on the curve P-256: the private half as sshd and ssh read it, the public one as known_hosts and authorized_keys have it.</summary>
internal sealed record SshKey(string PrivatePem, SshHostKey Public)
{
    private const string Type = "ecdsa-sha2-nistp256";

    public static SshKey Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        using var blob = new MemoryStream();
        Append(blob, "ecdsa-sha2-nistp256"u8);
        Append(blob, "nistp256"u8);
        Append(blob, [4, .. point.X!, .. point.Y!]);
        return new SshKey(key.ExportECPrivateKeyPem() + "\n", SshHostKey.FromBytes(blob.ToArray()));
    }

    /// <summary>The line for authorized_keys.</summary>
    public string AuthorizedLine(string comment) => $"{Type} {Public.Base64} {comment}";

    private static void Append(MemoryStream blob, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        blob.Write(length);
        blob.Write(field);
    }
}
