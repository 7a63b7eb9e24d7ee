namespace OpsKit.Modules.Licensing;

/// <summary>Licence keys as reports show them: only the last group, so that colleagues can tell keys apart and strangers cannot use them.</summary>
public static class LicenseKeyMask
{
    private const int Shown = 5;

    /// <summary>The key of every evaluation licence; no secret.</summary>
    public const string Evaluation = "00000-00000-00000-00000-00000";

    /// <summary>The masked key, such as <c>*****-*****-*****-*****-4QK2A</c>.</summary>
    /// <param name="key">A licence key, in any form.</param>
    public static string Mask(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key is Evaluation or "")
            return key;

        // Short texts are masked whole: five shown characters of eight would be most of the secret.
        var from = key.Length >= 3 * Shown ? key.Length - Shown : key.Length;
        return string.Create(key.Length, (key, from), static (mask, source) =>
        {
            for (var i = 0; i < mask.Length; i++)
                mask[i] = i >= source.from || source.key[i] == '-' ? source.key[i] : '*';
        });
    }
}
