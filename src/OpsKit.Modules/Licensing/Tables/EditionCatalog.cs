namespace OpsKit.Modules.Licensing;

/// <summary>Recognises a licence's edition, by its edition key first and by its name where the key says nothing.</summary>
public sealed class EditionCatalog
{
    private readonly EditionRules _rules;
    private readonly Dictionary<string, Edition> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _evaluation;
    private readonly (string Name, Edition Edition)[] _byName;
    private readonly Dictionary<string, int> _rank = new(StringComparer.Ordinal);

    /// <summary>Builds the look-up.</summary>
    /// <param name="tables">The licence facts.</param>
    public EditionCatalog(LicensingTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _rules = tables.EditionRules;
        foreach (var edition in tables.Editions)
        {
            _rank[edition.Name] = _rank.Count;
            foreach (var key in edition.Keys)
                _byKey[key] = edition;
        }

        _evaluation = new HashSet<string>(_rules.Evaluation, StringComparer.OrdinalIgnoreCase);
        _byName = [.. tables.Editions
            .SelectMany(edition => edition.Names.Select(name => (name, edition)))
            .OrderByDescending(pair => pair.name.Length)];
    }

    /// <summary>Place of an edition in the order of reports; unknown ones come last.</summary>
    /// <param name="edition">Edition name.</param>
    public int Rank(string? edition) => edition is not null && _rank.TryGetValue(edition, out var rank) ? rank : int.MaxValue;

    /// <summary>What kind of licence it is, and which edition.</summary>
    /// <param name="license">A licence as the server describes it.</param>
    public EditionMatch Recognise(License license)
    {
        ArgumentNullException.ThrowIfNull(license);
        if (license.Key == LicenseKeyMask.Evaluation || _evaluation.Contains(license.EditionKey))
            return new EditionMatch(LicenseKind.Evaluation, null);

        var (shortened, hadPrefix) = Shorten(license.EditionKey);
        if (_evaluation.Contains(shortened))
            return new EditionMatch(LicenseKind.Evaluation, null);
        if (_byKey.TryGetValue(shortened, out var byKey) && (hadPrefix || IsHostProduct(license)))
            return new EditionMatch(LicenseKind.Host, byKey.Name);

        var byName = ByName(license.Name);
        if (byName is not null)
            return new EditionMatch(LicenseKind.Host, byName.Name);
        return new EditionMatch(hadPrefix || IsHostProduct(license) ? LicenseKind.UnknownEdition : LicenseKind.OtherProduct, null);
    }

    private (string Text, bool HadPrefix) Shorten(string editionKey)
    {
        var text = editionKey.Trim();
        while (_rules.DropSuffixes.FirstOrDefault(suffix => text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } suffix)
            text = text[..^suffix.Length];
        var prefix = _rules.DropPrefixes.FirstOrDefault(prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return prefix is null ? (text, false) : (text[prefix.Length..], true);
    }

    private bool IsHostProduct(License license) =>
        AfterProduct(license.Name) is not null || license.ProductName?.Contains("ESX", StringComparison.OrdinalIgnoreCase) == true;

    private Edition? ByName(string name)
    {
        var rest = AfterProduct(name);
        if (rest is null)
            return null;
        foreach (var (editionName, edition) in _byName)
        {
            if (rest.StartsWith(editionName, StringComparison.OrdinalIgnoreCase)
                && (rest.Length == editionName.Length || !char.IsLetterOrDigit(rest[editionName.Length])))
                return edition;
        }

        return null;
    }

    // "VMware vSphere 5.1 Enterprise Plus (1-12 cores per CPU)" → "Enterprise Plus (1-12 cores per CPU)"
    private string? AfterProduct(string name)
    {
        var text = name.Trim();
        var prefix = _rules.NamePrefixes
            .Where(prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .MaxBy(prefix => prefix.Length);
        return prefix is null ? null : text.AsSpan(prefix.Length).TrimStart().TrimStart("0123456789.x").TrimStart().ToString();
    }
}

/// <summary>What a licence turned out to be.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Edition">The edition's name where it is a known host licence, else null.</param>
public sealed record EditionMatch(LicenseKind Kind, string? Edition);

/// <summary>What a licence is for.</summary>
public enum LicenseKind
{
    /// <summary>A host licence of a known edition.</summary>
    Host,

    /// <summary>The evaluation licence.</summary>
    Evaluation,

    /// <summary>A host licence whose edition the tables do not know.</summary>
    UnknownEdition,

    /// <summary>A licence of another product (vCenter, vSAN, …).</summary>
    OtherProduct,
}
