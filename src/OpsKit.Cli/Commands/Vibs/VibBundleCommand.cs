using System.CommandLine;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary><c>opskit vib bundle</c>.</summary>
internal static class VibBundleCommand
{
    public static OpsCommand Create()
    {
        var files = new FileArgument("Packages (.vib)");
        var bulletin = new Option<string?>("--bulletin") { HelpName = "ID", Description = "The bulletin's id (default VENDOR-NAME-VERSION of the first package)" };
        var vendor = new Option<string?>("--vendor") { HelpName = "NAME", Description = "Who makes the bundle (default the first package's vendor)" };
        var summary = new Option<string?>("--summary") { HelpName = "TEXT", Description = "One line about it (default the first package's)" };
        var versions = new Option<string[]>("--for")
        {
            HelpName = "VERSION", Description = "A version it offers itself to, such as 6.*; repeatable (default those all packages can go on)", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
        };
        var output = PackageFile.Option("BULLETIN.zip");
        return new OpsCommand("bundle", "Make an offline bundle of packages")
        {
            Arguments = { files },
            Options = { bulletin, vendor, summary, versions, output },
            Details =
                """
                What is wrong with a package is said, and no bundle made of it. The same packages
                and options give the same bytes. Hosts take the bundle by the absolute path it has
                there: esxcli software vib install -d /tmp/BUNDLE.zip.
                """,
            Examples =
            [
                new Example("opskit vib bundle net-tulip-1.1.15-1.x86_64.vib", "of one package"),
                new Example("opskit vib bundle *.vib --bulletin ACME-2026-01 --out acme.zip", "of several, with a name of its own"),
            ],
            ExitCodes = VibFileCommands.ExitCodes,
            Handler = (parsed, context, ct) => Task.Run(
                () => Bundle(
                    context,
                    parsed.GetValue(files) ?? [],
                    new VibBundleOptions
                    {
                        Bulletin = parsed.GetValue(bulletin) ?? "",
                        Vendor = parsed.GetValue(vendor) ?? "",
                        Summary = parsed.GetValue(summary) ?? "",
                        Versions = parsed.GetValue(versions) ?? [],
                    },
                    parsed.GetValue(output),
                    ct),
                ct),
        };
    }

    private static int Bundle(CommandContext context, string[] files, VibBundleOptions options, string? named, CancellationToken ct)
    {
        var releases = EsxiReleasesReader.Load(context.JumpHost);
        var sources = files.Select(context.JumpHost.ResolvePath).Distinct(StringComparer.Ordinal).ToList();
        var bundler = VibBundler.Of(sources, options, releases, null, ct);
        var file = named ?? $"{bundler.Bulletin}.zip";
        var bundled = PackageFile.Write(context.JumpHost, file, sources, bundler.Write);
        foreach (var warning in bundler.Warnings)
            context.Terminal.Warn($"{warning.Subject} {warning.What}".TrimStart());
        context.Terminal.Data($"{file}\n");
        context.Terminal.Say(
            $"{bundler.Bulletin}: {Counted.Of(bundler.Packages.Count, "package")}, {VibWords.Size(bundled.Bytes)}, offered to ESXi {string.Join(", ", bundler.Versions)}, SHA-256 {bundled.Sha256}");
        return Cli.ExitCodes.Done;
    }
}
