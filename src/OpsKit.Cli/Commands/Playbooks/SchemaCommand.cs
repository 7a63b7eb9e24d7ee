using System.Text;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Reports;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Playbooks;

/// <summary><c>opskit playbook schema</c>: the form of playbooks as a JSON Schema, for editors.</summary>
internal static class SchemaCommand
{
    public static OpsCommand Create() => new("schema", "Write the JSON Schema of playbooks, for editors to complete by")
    {
        Details =
            """
            With this line at its top, editors that speak the YAML language server complete a
            playbook's keys and verbs, explain them, and underline mistakes:

              # yaml-language-server: $schema=playbook.schema.json
            """,
        Reports = true,
        Examples =
        [
            new Example("opskit playbook schema --out playbook.schema.json", "into a file beside the playbooks"),
            new Example("opskit playbook schema > playbook.schema.json", "the same"),
        ],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
        Handler = (_, context, _) =>
        {
            Write(context);
            return Task.FromResult(Cli.ExitCodes.Done);
        },
    };

    private static void Write(CommandContext context)
    {
        if (context.Settings.OutFile is { } file)
        {
            ReportFile.Write(Path.GetFullPath(file, context.JumpHost.WorkingDirectory), stream => PlaybookSchema.Write(stream, ModuleVerbs.All));
            context.Terminal.Say($"schema written to {file}");
            return;
        }

        using var buffer = new MemoryStream();
        PlaybookSchema.Write(buffer, ModuleVerbs.All);
        context.Terminal.Data(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
