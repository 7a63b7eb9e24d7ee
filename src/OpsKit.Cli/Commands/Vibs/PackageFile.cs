using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary>The file that a command makes: complete, or not there.</summary>
internal static class PackageFile
{
    /// <summary><c>--out</c> of commands that write a package and no report; it takes the place of the option of that name that all commands have.</summary>
    public static Option<string?> Option(string usual) => new("--out", "-o") { HelpName = "FILE", Description = $"The file to write (default {usual})" };

    /// <summary>Writes it.</summary>
    /// <param name="jumpHost">The machine.</param>
    /// <param name="file">Its name.</param>
    /// <param name="sources">What it is made of, which it must not take the place of.</param>
    /// <param name="write">Writes it.</param>
    public static T Write<T>(JumpHost jumpHost, string file, IEnumerable<string> sources, Func<Stream, T> write)
        where T : class
    {
        var path = jumpHost.ResolvePath(file);
        if (sources.Contains(path, StringComparer.Ordinal))
            throw new OpsKitException(FailureKind.Usage, "is what it would be made of", file, "choose another name with --out FILE");
        ReportFile.CheckWritable(path);
        T? made = null;
        ReportFile.Write(path, stream => made = write(stream));
        return made!;
    }
}
