using System.CommandLine;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Completion;

/// <summary><c>opskit completion SHELL</c>: prints the script that makes Tab work.</summary>
internal static class CompletionCommand
{
    public static OpsCommand Create()
    {
        var shell = new Argument<string>("shell") { HelpName = "SHELL", Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add("bash", "zsh", "fish", "pwsh");
        return new OpsCommand("completion", "Print the script that completes commands and endpoint names")
        {
            Group = CommandGroup.JumpHost,
            Details =
                """
                Commands, options and their values, and the names in your inventory are completed.
                Put the script where your shell looks for it:

                  bash  echo 'source <(opskit completion bash)' >> ~/.bashrc
                  zsh   opskit completion zsh > "${fpath[1]}/_opskit"
                  fish  opskit completion fish > ~/.config/fish/completions/opskit.fish
                  pwsh  opskit completion pwsh >> $PROFILE
                """,
            Arguments = { shell },
            Examples = [new Example("source <(opskit completion bash)", "try it in this shell")],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
            Handler = (parsed, context, _) =>
            {
                context.Terminal.Data(ScriptOf(parsed.GetRequiredValue(shell)));
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static string ScriptOf(string shell) => shell switch
    {
        "bash" => CompletionScripts.Bash,
        "zsh" => CompletionScripts.Zsh,
        "fish" => CompletionScripts.Fish,
        "pwsh" or "powershell" => CompletionScripts.Pwsh,
        _ => throw new OpsKitException(FailureKind.Usage, $"there is no script for {shell}", next: "opskit completion bash, zsh, fish or pwsh"),
    };
}
