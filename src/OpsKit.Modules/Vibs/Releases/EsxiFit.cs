namespace OpsKit.Modules.Vibs;

/// <summary>Whether a package can go on hosts of a release line.</summary>
public enum EsxiFitness
{
    /// <summary>Nothing in it speaks against it.</summary>
    Fits,

    /// <summary>Hosts of that line were seen to refuse such packages; others may take it.</summary>
    Doubtful,

    /// <summary>Hosts of that line refuse it.</summary>
    Refused,
}

/// <summary>What is to be expected of a package on hosts of a release line.</summary>
/// <param name="Line">The release line.</param>
/// <param name="Fitness">Whether it can go on them.</param>
/// <param name="Reasons">Why not, or why it is doubtful, one sentence each.</param>
public sealed record EsxiFit(EsxiLine Line, EsxiFitness Fitness, IReadOnlyList<string> Reasons)
{
    /// <summary>Judges a package by what it says and has. Pure. What its dependencies need of other packages on a host is the host's to judge.</summary>
    /// <param name="package">The package.</param>
    /// <param name="releases">What is known of the releases.</param>
    /// <returns>One for each line, oldest first.</returns>
    public static IReadOnlyList<EsxiFit> Judge(VibPackage package, EsxiReleases releases)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(releases);
        return [.. releases.Lines.Select(line => On(line, package, releases))];
    }

    /// <summary>Lines in words, such as <c>5.5 to 7.0</c>; <c>none</c> for none.</summary>
    /// <param name="fits">What was judged, oldest first.</param>
    /// <param name="fitness">The lines of this fitness are told.</param>
    public static string Words(IReadOnlyList<EsxiFit> fits, EsxiFitness fitness)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var runs = new List<(EsxiLine First, EsxiLine Last)>();
        for (var index = 0; index < fits.Count; index++)
        {
            if (fits[index].Fitness != fitness)
                continue;
            if (index > 0 && fits[index - 1].Fitness == fitness)
                runs[^1] = (runs[^1].First, fits[index].Line);
            else
                runs.Add((fits[index].Line, fits[index].Line));
        }

        return runs.Count == 0 ? "none" : string.Join(", ", runs.Select(run => run.First == run.Last ? $"{run.First}" : $"{run.First} to {run.Last}"));
    }

    private static EsxiFit On(EsxiLine line, VibPackage package, EsxiReleases releases)
    {
        var refusals = Refusals(line, package, releases).ToList();
        if (refusals.Count > 0)
            return new EsxiFit(line, EsxiFitness.Refused, refusals);
        var doubt = line < releases.ContentDigestSince && package.Payloads.Any(HasContentDigest)
            ? "a payload has a sha-256 of its decompressed content: such hosts were seen to take it for that of the payload as stored"
            : null;
        return new EsxiFit(line, doubt is null ? EsxiFitness.Fits : EsxiFitness.Doubtful, doubt is null ? [] : [doubt]);
    }

    private static IEnumerable<string> Refusals(EsxiLine line, VibPackage package, EsxiReleases releases)
    {
        var descriptor = package.Descriptor;
        if (descriptor.Platforms.Count > 0 && !descriptor.Platforms.Any(platform => IsOf(platform.Version, line)))
            yield return $"it is made for {string.Join(", ", descriptor.Platforms.Select(platform => $"{platform.ProductLine} {platform.Version}".Trim()).Distinct(StringComparer.Ordinal))}";
        foreach (var need in descriptor.Depends)
        {
            var known = releases.Interfaces.FirstOrDefault(one => need.Name.StartsWith(one.Name, StringComparison.Ordinal));
            if (known is not null && line < known.Since)
                yield return $"it needs {need.Name}, which hosts have since {known.Since}";
            else if (known?.Until is { } until && line > until)
                yield return $"it needs {need.Name}, which hosts had until {until}";
            else if (releases.ReleasePackages.Contains(need.Name, StringComparer.Ordinal) && !Holds(need, line))
                yield return $"it needs {need}";
        }

        // What is not compressed has no decompressed content.
        if (line >= releases.ContentDigestSince && package.Payloads.FirstOrDefault(payload => payload.ContentBytes is not null && !HasContentDigest(payload)) is { } bare)
            yield return $"its payload {bare.Name} has no sha-256 of its decompressed content, which hosts want since {releases.ContentDigestSince}";
    }

    /// <summary>A relation to the release, as far as the line decides: within a line, updates do.</summary>
    private static bool Holds(VibRelation need, EsxiLine line)
    {
        if (need.Version is null || EsxiLine.Of(need.Version) is not { } wanted)
            return true;
        return need.Relation switch
        {
            ">=" or ">>" or ">" => line >= wanted,
            "<=" => line <= wanted,
            "<<" or "<" => line < wanted || (line == wanted && !IsBare(need.Version)),
            _ => line == wanted,
        };
    }

    /// <summary>Whether a version is the beginning of its line: nothing of the line is less than 6.7 or 6.7.0.</summary>
    private static bool IsBare(string version) => version.Split('.', '-').Skip(2).All(part => part.All(letter => letter == '0'));

    private static bool IsOf(string pattern, EsxiLine line)
    {
        if (pattern is "" or "*")
            return true;
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? EsxiLine.Of(pattern) == line : $"{line}.".StartsWith(pattern[..star], StringComparison.Ordinal);
    }

    private static bool HasContentDigest(VibPayload payload) => payload.Digests.Any(digest => digest is { Algorithm: "sha-256", OfContent: true });
}
