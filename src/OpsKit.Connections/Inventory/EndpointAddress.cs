using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpsKit.Connections.Inventory;

/// <summary>A name or address as operators write it: bare, with a port, IPv6 with or without brackets, or as an https URL.</summary>
/// <param name="Host">DNS name or IP address, without brackets.</param>
/// <param name="Port">The port that was written, or null.</param>
/// <param name="Path">The path that was written, or null.</param>
public sealed record EndpointAddress(string Host, int? Port, string? Path)
{
    /// <summary>Takes an address apart.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="address">The parts; null when the text is no address.</param>
    /// <param name="error">What is wrong and what would be right; a credential in the text is never repeated.</param>
    public static bool TryParse(string text, out EndpointAddress? address, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        error = "";
        text = text.Trim();
        if (text.Contains('@', StringComparison.Ordinal))
        {
            error = "a login does not belong into an address (it is not repeated here): give the user with --user or a credential, the password by reference";
            return false;
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            if (!text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            {
                error = $"\"{text[..scheme]}\" is not spoken here, only https: logins would travel in the clear";
                return false;
            }

            text = text[(scheme + 3)..];
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 || text[slash..] == "/" ? null : text[slash..];
        if (slash >= 0)
            text = text[..slash];
        if (!TrySplitPort(text, out var host, out var port))
        {
            error = $"\"{text}\" is not a name or address; expected a DNS name or an IP address, with :PORT (1 to 65535) where needed";
            return false;
        }

        address = new EndpointAddress(host, port, path);
        return true;
    }

    /// <summary>A host and port as they are written: IPv6 addresses in brackets.</summary>
    public static string Format(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
    }

    private static bool TrySplitPort(string text, out string host, out int? port)
    {
        host = text;
        port = null;
        if (IPAddress.TryParse(text, out var literal) && (literal.AddressFamily == AddressFamily.InterNetworkV6 || !text.Contains(':', StringComparison.Ordinal)))
        {
            host = text.Trim('[', ']');
            if (!text.StartsWith('[') || text.EndsWith(']'))
                return literal.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3;
        }

        var colon = text.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
                return false;
            port = number;
            text = text[..colon];
        }

        host = text.Trim('[', ']');
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown && !(Uri.CheckHostName(host) is UriHostNameType.Dns && host.All(c => char.IsAsciiDigit(c) || c == '.'));
    }
}
