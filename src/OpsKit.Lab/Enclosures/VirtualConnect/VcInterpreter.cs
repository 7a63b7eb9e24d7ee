using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>Understands lines of the Virtual Connect Manager command line: <c>&lt;subcommand&gt; &lt;managed element&gt; [&lt;parameters&gt;] [&lt;options&gt;] [&lt;properties&gt;]</c>.</summary>
internal sealed class VcInterpreter(EnclosureSite site, LabInterconnect module, string user)
{
    public const string NotHere = "Virtual Connect Manager not found at this IP address";

    public const string GettingStarted =
        """
        GETTING STARTED:

        help           : displays a list of available subcommands
        exit           : quits the command shell
        <subcommand>?  : displays a list of managed elements for a subcommand
        <subcommand> <managed element>? : displays detailed help for a command

        """;

    private readonly VcDomain _domain = new(site);

    public bool Ended { get; private set; }

    /// <summary>The answer to a line.</summary>
    public string Answer(string line)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return "";
        lock (site.Estate.Gate)
        {
            return words[0].ToLowerInvariant() switch
            {
                "exit" or "quit" => Leave(),
                "help" or "?" => GettingStarted,
                "show?" => Elements,
                _ when !module.IsPrimary => $"ERROR: {NotHere}\n",
                "show" => Show(words),
                "set" when words is [_, var element, ..] && element.Equals("session", StringComparison.OrdinalIgnoreCase) => "SUCCESS: Session modified\n",
                "reset" when words is [_, var element, ..] && element.Equals("vcm", StringComparison.OrdinalIgnoreCase) => ResetManager(),
                _ => Unknown(line),
            };
        }
    }

    private string Leave()
    {
        Ended = true;
        return "";
    }

    private string Show(string[] words)
    {
        var plain = words.Where(word => !word.StartsWith('-')).ToArray();
        if (plain.Length < 2 || plain[1] == "?")
            return Elements;
        if (!VcQueries.All.TryGetValue(plain[1], out var query))
            return Unknown(string.Join(' ', words));
        var name = plain is [_, _, var one, ..] ? one : "*";
        site.Log.Add(VcShell.NameOf(site, module), $"show {plain[1].ToLowerInvariant()}", OperationKind.Query, name == "*" ? "" : name, string.Join(' ', words));
        return query(_domain, name);
    }

    /// <summary>Another module takes the manager over; nothing restarts.</summary>
    private string ResetManager()
    {
        if (site.Enclosure.VcAccounts.Find(account => account.User == user) is not { Privileges: null })
            return "ERROR: Insufficient privileges\n";
        site.Log.Add(VcShell.NameOf(site, module), "reset vcm", OperationKind.Change, "", "reset vcm");
        if (_domain.Modules.FirstOrDefault(other => other != module && other.Ethernet && !_domain.IsAway(other)) is not { } other)
            return "ERROR: No standby module is available\n";
        (module.IsPrimary, other.IsPrimary) = (false, true);
        site.Estate.Touch(site.Enclosure);
        Ended = true;
        return "SUCCESS: The Virtual Connect Manager is being reset. Please wait...\n";
    }

    private static string Elements => "Managed elements:\n" + string.Concat(VcQueries.All.Keys.Select(element => $"  {element}\n"));

    private static string Unknown(string line) => $"ERROR: UNKNOWN COMMAND : {line.Trim()}\n";
}
