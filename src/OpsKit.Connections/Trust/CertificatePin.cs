using System.Globalization;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Trust;

/// <summary>A certificate that the operator has looked at and trusts for one address.</summary>
/// <param name="Address">Host and port, as <c>vc01.example.com:443</c>.</param>
/// <param name="Sha256">The certificate's SHA-256, 64 hex digits in upper case.</param>
/// <param name="Added">The day it was added.</param>
/// <param name="Comment">Free text, such as the subject.</param>
public sealed record CertificatePin(string Address, string Sha256, DateOnly Added, string Comment)
{
    /// <summary>The pin as a line of the file.</summary>
    public string ToLine() => $"{Address} {Sha256} {Added:yyyy-MM-dd} {OneLine(Comment)}".TrimEnd();

    internal static bool TryParse(string line, out CertificatePin? pin, out string error)
    {
        pin = null;
        var words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 2)
        {
            error = "expected HOST:PORT SHA256 [YYYY-MM-DD] [comment]";
            return false;
        }

        if (!Thumbprint.TryNormalize(words[1], out var sha256, out error))
            return false;
        var added = DateOnly.MinValue;
        if (words.Length > 2 && !DateOnly.TryParseExact(words[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out added))
        {
            error = $"\"{words[2]}\" is not a date such as 2026-01-31";
            return false;
        }

        pin = new CertificatePin(words[0], sha256, added, words.Length > 3 ? words[3] : "");
        return true;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
