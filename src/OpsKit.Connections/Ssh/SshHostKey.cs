using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>A public host key: its type and its bytes in the SSH wire format.</summary>
/// <param name="Type">The key's type as in known_hosts, such as <c>ssh-ed25519</c> or <c>ssh-rsa</c>.</param>
/// <param name="Base64">The key's bytes in base64, as in known_hosts.</param>
public sealed record SshHostKey(string Type, string Base64)
{
    /// <summary>The fingerprint as <c>ssh-keygen -l</c> prints it: <c>SHA256:</c> and 43 base64 characters.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Base64))).TrimEnd('=');

    /// <summary>Wraps a key as it came from a server; its type is the one inside the bytes.</summary>
    /// <exception cref="FormatException">The bytes do not start with a key type.</exception>
    public static SshHostKey FromBytes(ReadOnlySpan<byte> key)
    {
        if (TypeOf(key) is not { } type)
            throw new FormatException("The host key does not start with its type.");
        return new SshHostKey(type, Convert.ToBase64String(key));
    }

    internal static bool TryParse(string type, string base64, out SshHostKey? key, out string error)
    {
        key = null;
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            error = "the key is not base64";
            return false;
        }

        var inside = TypeOf(bytes);
        error = inside == type ? "" : $"the key's bytes say {(inside is null ? "no type" : $"\"{inside}\"")}, the line says \"{type}\"";
        if (error.Length == 0)
            key = new SshHostKey(type, base64);
        return error.Length == 0;
    }

    private static string? TypeOf(ReadOnlySpan<byte> key)
    {
        if (key.Length < 4)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(key);
        return length is > 0 and <= 64 && key.Length >= 4 + length ? Encoding.ASCII.GetString(key.Slice(4, length)) : null;
    }
}
