namespace OpsKit.Connections.Downloads;

/// <summary>Addresses that files are downloaded from.</summary>
public static class WebAddress
{
    /// <summary>Whether a text is an address, rather than a path.</summary>
    /// <param name="text">What an operator wrote.</param>
    public static bool Looks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end > 1 && text.Take(end).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '.' or '-');
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">What an operator wrote.</param>
    /// <exception cref="OpsKitException">It is none, is of another kind than http and https, or holds a login (<see cref="FailureKind.Usage"/>).</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
            throw new OpsKitException(FailureKind.Usage, "is no address", text, "write https://SERVER/PATH");
        if (address.Scheme is not ("http" or "https"))
            throw new OpsKitException(FailureKind.Usage, $"{address.Scheme} is not spoken here, only https and http are", Shown(address), "download the file and name it");
        return address.UserInfo.Length == 0 ? address : throw new OpsKitException(FailureKind.Usage, "a login has no place in an address", Shown(address), "download the file and name it");
    }

    /// <summary>The address without what may be secret in it: a login, a query.</summary>
    public static string Shown(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    }

    /// <summary>The file's name; the server's where the path has none.</summary>
    public static string NameOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Uri.UnescapeDataString(address.AbsolutePath.TrimEnd('/').Split('/')[^1]) is { Length: > 0 } name ? name : address.Host;
    }
}
