using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>An argument that names an endpoint; completion offers those of the inventory.</summary>
internal sealed class EndpointArgument : Argument<string?>
{
    public EndpointArgument(string description)
        : base("name")
    {
        HelpName = "NAME";
        Description = description;
        Arity = ArgumentArity.ZeroOrOne;
    }
}
