using System.CommandLine;
using System.Globalization;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary><c>opskit vib build</c>.</summary>
internal static class VibBuildCommand
{
    public static OpsCommand Create()
    {
        var file = new Argument<string>("tgz") { HelpName = "TGZ", Description = "The files, from the host's root: etc/…, opt/…, usr/…" };
        var line = new VibBuildLine();
        var command = new OpsCommand("build", "Make an installable package of an OEM.tgz")
        {
            Arguments = { file },
            Details =
                """
                The package is CommunitySupported and not signed: a host takes it after opskit vib
                acceptance set --level CommunitySupported. Hosts differ in the digests they want, so
                say which the package is for; none is right for both. The files are packed anew: the
                same files and options give the same bytes, whenever and wherever it is done. What
                a host would refuse is refused here: paths where such packages must not bring files,
                paths that lead elsewhere, files nobody can read.
                """,
            Examples =
            [
                new Example("opskit vib build OEM.tgz --name net-tulip --version 1.1.15-1 --vendor ACME", "a driver for 5.0 to 7.x"),
                new Example("opskit vib build a.tgz --name a --version 1.0-1 --vendor ACME --for 8.x --live", "scripts for 8, without a restart"),
            ],
            ExitCodes = VibFileCommands.ExitCodes,
            Handler = (parsed, context, ct) => Task.Run(() => Build(context, parsed.GetValue(file)!, line.Options(parsed), parsed.GetValue(line.Out), ct), ct),
        };
        line.AddTo(command);
        return command;
    }

    private static int Build(CommandContext context, string tgz, VibBuildOptions options, string? named, CancellationToken ct)
    {
        var releases = EsxiReleasesReader.Load(context.JumpHost);
        var source = context.JumpHost.ResolvePath(tgz);
        var file = named ?? $"{options.Name}-{options.Version}.x86_64.vib";
        var built = PackageFile.Write(context.JumpHost, file, [source], stream => VibBuilder.Build(source, options, releases, stream, null, ct));
        foreach (var warning in built.Warnings)
            context.Terminal.Warn(warning.What);
        context.Terminal.Data($"{file}\n");
        context.Terminal.Say(
            $"{built.Id}: {Counted.Of(built.Files.Count(content => content.Kind != VibContentKind.Folder), "file")}, {VibWords.Size(built.Bytes)}, for ESXi {VibBuildLine.Word(options.Flavour)}, SHA-256 {built.Sha256}");
        return Cli.ExitCodes.Done;
    }
}
