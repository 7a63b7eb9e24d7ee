using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>An argument that names files; the shell completes them.</summary>
internal sealed class FileArgument : Argument<string[]>
{
    public FileArgument(string description)
        : base("file")
    {
        HelpName = "FILE";
        Description = description;
        Arity = ArgumentArity.OneOrMore;
    }
}
