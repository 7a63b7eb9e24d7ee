using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.Vibs;

/// <summary>What hosts want of a package's name, version and relations, said before anything is read.</summary>
internal static partial class BuildOptionRules
{
    /// <exception cref="OpsKitException">An option has no meaning.</exception>
    public static void Check(VibBuildOptions options)
    {
        Want(Name().IsMatch(options.Name), $"the name \"{options.Name}\" is none of a package", "use letters, digits and . _ -, such as net-tulip");
        Want(Vendor().IsMatch(options.Vendor), $"the vendor \"{options.Vendor}\" has no place in a package's id", "use letters, digits and . -, such as ACME");
        Want(
            Version().IsMatch(options.Version),
            $"the version \"{options.Version}\" is none of a package",
            Number().IsMatch(options.Version) ? $"add a release after a dash: {options.Version}-1" : "use numbers and a release after a dash, such as 1.0.0-1");
        foreach (var relation in options.Depends.Concat(options.Conflicts).Concat(options.Replaces).Concat(options.Provides))
        {
            Want(
                RelationName().IsMatch(relation.Name) && (relation.Version is null || VibNames.IsPlain(relation.Version)),
                $"\"{relation}\" names no package and no interface", "write a name such as vmkapi_2_0_0_0, or a name, a relation and a version: esx-base >= 5.0");
        }

        foreach (var text in new[] { options.Summary, options.Description }.Concat(options.Tags).Concat(options.Urls))
            Want(!text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')), "a text has control characters", "leave them out");
        foreach (var url in options.Urls)
            Want(url.IndexOf('|', StringComparison.Ordinal) > 0, $"\"{url}\" is no link with a key", "write the key, a bar and the address: kb|https://example.com");
        Want(options.ReleaseDate is not { Year: < 1980 or > 2107 }, "the release date is none that archives can hold", "use a day from 1980 to 2107");
    }

    private static void Want(bool met, string what, string next)
    {
        if (!met)
            throw new OpsKitException(FailureKind.Usage, what, next: next);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex Vendor();

    [GeneratedRegex(@"\A[0-9][A-Za-z0-9._]{0,63}-[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"\A[0-9][A-Za-z0-9._]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,127}\z", RegexOptions.None, 1000)]
    private static partial Regex RelationName();
}
