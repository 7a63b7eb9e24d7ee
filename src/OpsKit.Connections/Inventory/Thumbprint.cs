namespace OpsKit.Connections.Inventory;

/// <summary>A certificate's SHA-256 as tools print it, brought to one form.</summary>
public static class Thumbprint
{
    private const int Sha256Digits = 64;
    private const int Sha1Digits = 40;

    /// <summary>Reads a thumbprint with or without colons, blanks and a leading <c>sha256:</c>, in either case.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="thumbprint">64 hex digits in upper case.</param>
    /// <param name="error">What is wrong and what would be right.</param>
    public static bool TryNormalize(string text, out string thumbprint, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        error = "";
        var digits = text.Trim();
        foreach (var prefix in new[] { "sha256:", "sha-256:", "sha256 fingerprint=", "sha256=" })
        {
            if (digits.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                digits = digits[prefix.Length..];
        }

        thumbprint = string.Concat(digits.Where(c => c is not (':' or ' ' or '-'))).ToUpperInvariant();
        var hex = thumbprint.All(char.IsAsciiHexDigit);
        if (hex && thumbprint.Length == Sha256Digits)
            return true;
        error = hex && thumbprint.Length == Sha1Digits
            ? "this is a SHA-1 thumbprint (40 digits), which can be forged; expected the SHA-256 one (64 hex digits): openssl x509 -noout -fingerprint -sha256"
            : $"found {thumbprint.Length} characters, expected the certificate's SHA-256: 64 hex digits, colons allowed";
        return false;
    }

    /// <summary>The thumbprint with colons between the bytes, as browsers and openssl print it.</summary>
    public static string Format(string thumbprint)
    {
        ArgumentNullException.ThrowIfNull(thumbprint);
        return string.Join(':', thumbprint.Chunk(2).Select(pair => new string(pair)));
    }
}
