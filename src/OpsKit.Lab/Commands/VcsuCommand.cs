using System.CommandLine;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Lab.Enclosures.Vcsu;

namespace OpsKit.Lab.Commands;

/// <summary><c>opskit-lab vcsu</c> in the help. Its command line is read by <see cref="VcsuProgram"/> before this one's options are.</summary>
internal static class VcsuCommand
{
    public static OpsCommand Create()
    {
        var words = new Argument<string[]>("options") { HelpName = "OPTIONS", Description = "As the utility has them: -a ACTION -i IP -u USER -p PASSWORD …", Arity = ArgumentArity.ZeroOrMore };
        return new OpsCommand("vcsu", "Stand in for the Virtual Connect Support Utility")
        {
            Group = CommandGroup.Lab,
            Details =
                """
                Takes that utility's options and works on the enclosures of a serving lab: checks their
                health, writes firmware, and activates it by graceful restarts unless -oe and -of are
                manual. The version is in the package's name: vcfw375.bin is 3.75. bin/vcsu in the lab's
                folder is the same as a program of its own; --lab DIR, before all others, names the folder.
                """,
            Arguments = { words },
            Examples =
            [
                new Example("opskit-lab vcsu -a healthcheck -i 127.30.1.1 -u Administrator -p secret -vcu Administrator -vcp secret", "whether the modules are well"),
                new Example("opskit-lab vcsu --lab lab -a version -i 127.30.1.1 -u Administrator -p secret", "which versions they run"),
            ],
            ExitCodes = [ExitCodes.Done, ExitCodes.Failed],
            Handler = (parsed, context, ct) => VcsuProgram.RunAsync(parsed.GetValue(words) ?? [], context.JumpHost, context.Terminal, ct),
        };
    }
}
