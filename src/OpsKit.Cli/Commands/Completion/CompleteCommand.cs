using System.CommandLine;
using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Completion;

/// <summary><c>opskit __complete LINE</c>: what the shells' scripts call. One candidate a line, a tab before its description.</summary>
internal static class CompleteCommand
{
    public const string Name = "__complete";

    public static OpsCommand Create()
    {
        var line = new Argument<string>("line") { Description = "The command line up to the cursor" };
        return new OpsCommand(Name, "Complete a command line")
        {
            Hidden = true,
            Arguments = { line },
            Handler = (parsed, context, _) =>
            {
                var root = (OpsCommand)parsed.RootCommandResult.Command;
                var completer = new Completer(root, words => EndpointNames(root, words, context));
                var text = new StringBuilder();
                foreach (var candidate in completer.Complete(parsed.GetRequiredValue(line)))
                    text.Append(SafeText.Line(candidate.Value)).Append('\t').Append(candidate.Description).Append('\n');
                context.Terminal.Data(text.ToString());
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static IEnumerable<string> EndpointNames(OpsCommand root, IReadOnlyList<string> words, CommandContext context)
    {
        var typed = root.Parse([.. words.Skip(1).SkipLast(1)]);
        var settings = context.Settings with { Inventory = typed.GetValue(GlobalOptions.Inventory) ?? context.Settings.Inventory };
        var estate = EstateLoader.Load(settings, context.JumpHost, context.Doors);
        return estate.Endpoints.Select(endpoint => endpoint.Name).Concat(estate.Groups.Keys);
    }
}
