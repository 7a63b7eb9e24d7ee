using System.Text;

namespace OpsKit.Cli.Commands.Help;

/// <summary>A page of help that belongs to no command.</summary>
/// <param name="Name">What to type after <c>opskit help</c>.</param>
/// <param name="What">One line about it.</param>
/// <param name="Text">Makes the page.</param>
internal sealed record HelpTopic(string Name, string What, Func<string> Text);

/// <summary>The topics.</summary>
internal static class HelpTopics
{
    public static IReadOnlyList<HelpTopic> All { get; } =
    [
        new("options", "the options every command takes", Options),
        new("exit-codes", "what the exit codes mean", ExitCodesPage),
        new("environment", "the variables that are read", Environment),
        new("inventory", "how endpoints are described", () => Inventory),
        new("secrets", "where passwords come from", () => Secrets),
        new("trust", "how certificates and host keys are judged", () => Trust),
    ];

    private static string Options()
    {
        var text = new StringBuilder("Options that every command takes.\n");
        HelpText.Section(text, "Endpoints", GlobalOptions.Endpoints.Select(HelpText.Row));
        HelpText.Section(text, "Output", GlobalOptions.Reporting.Select(HelpText.Row));
        HelpText.Section(text, "Everywhere", GlobalOptions.General.Select(HelpText.Row));
        return text.ToString();
    }

    private static string ExitCodesPage()
    {
        var text = new StringBuilder("What the exit codes of opskit mean.\n");
        HelpText.Section(text, "Exit codes", Cli.ExitCodes.All.Select(code => (code.Code.ToString(), code.Meaning)));
        text.Append(
            """

            Where several targets end differently, the heaviest counts: a failure (1) before
            a refusal (4) before a target that did not answer (6). Scripts can treat 6 as
            "the report is good for the endpoints in it": the others are listed as not
            assessed, with their reasons, in the report itself.

            """);
        return text.ToString();
    }

    private static string Environment()
    {
        var text = new StringBuilder("Variables that opskit reads. A flag wins over its variable, a variable over a file.\n");
        HelpText.Section(text, "Options", new[]
        {
            GlobalOptions.Inventory, GlobalOptions.Server, GlobalOptions.Host, GlobalOptions.User, GlobalOptions.Password,
            (System.CommandLine.Option)GlobalOptions.Thumbprint, GlobalOptions.Limit, GlobalOptions.Timeout, GlobalOptions.Output, GlobalOptions.Color,
        }.Select(option => (GlobalSettings.VariableOf(option), $"stands for {option.Name}")));
        HelpText.Section(text, "Folders",
        [
            ("OPSKIT_CONFIG_DIR", "configuration; else $XDG_CONFIG_HOME/opskit, ~/.config/opskit, %APPDATA%\\opskit"),
            ("OPSKIT_STATE_DIR", "trust, history; else $XDG_STATE_HOME/opskit, ~/.local/state/opskit, %LOCALAPPDATA%\\opskit"),
        ]);
        HelpText.Section(text, "Drawing",
        [
            ("NO_COLOR", "set to anything: no colour"),
            ("CLICOLOR_FORCE", "set to anything but 0: colour even in a pipe"),
            ("TERM=dumb", "no colour, no rules"),
        ]);
        text.Append("\nLists (OPSKIT_SERVER, OPSKIT_HOST, OPSKIT_LIMIT) are separated by commas.\nOPSKIT_PASSWORD holds a reference (file:PATH), never a password: opskit help secrets.\n");
        return text.ToString();
    }

    private const string Inventory =
        """
        An inventory names the endpoints, so that commands and reports can.

          # opskit.yaml
          credentials:
            reader:
              user: reports@vsphere.local
              password: file:/etc/opskit/reader
          vcenters:
            vc1:
              address: vcenter1.example.com
              credential: reader

        It is looked for in this order: --inventory FILE, OPSKIT_INVENTORY, ./opskit.yaml,
        opskit.yaml in the configuration folder (opskit help environment).

          opskit inventory check     says whether it is valid, and where it is not
          opskit inventory show      lists the endpoints with the settings that apply
          --limit PATTERN            narrows any command to some endpoints or groups

        Without an inventory, name endpoints on the command line:

          opskit about --server vcenter1.example.com --user reports --password prompt

        """;

    private const string Secrets =
        """
        Passwords never stand in an inventory, on a command line or in a URL. What stands
        there is a reference:

          file:PATH      the first line of a file; only its owner may be able to read it
          cmd:COMMAND    the first line a command prints, such as a password manager's
          env:NAME       an environment variable; other processes of the user can see it
          prompt         asked for on the terminal; never when there is none

        Secrets are taken out of everything opskit says.

        """;

    private const string Trust =
        """
        opskit talks only to endpoints it can tell from impostors. There is no switch that
        turns this off.

        vCenters: the certificate must be signed by an authority the system trusts or the
        endpoint's ca-file names, or its SHA-256 must be known. SSH: the host key must be
        known. A key or pinned certificate that changed always stops.

          opskit trust add vc1       fetches the certificate or host key, shows it, asks
          opskit trust list          what is known
          opskit trust remove vc1    forgets it

        Compare the SHA-256 with what the endpoint's own console shows: fetched over the same
        wire, it proves nothing by itself. In a script, give the value you know:

          opskit trust add vc1 --fingerprint SHA256

        """;
}
