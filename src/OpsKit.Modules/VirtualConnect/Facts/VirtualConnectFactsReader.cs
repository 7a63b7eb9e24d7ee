using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Reads <c>virtual-connect.yaml</c>: the one in the configuration folder, else the one built in.</summary>
public static class VirtualConnectFactsReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "virtual-connect.yaml";

    private static readonly FactsFile<VirtualConnectFacts> Source = new(FileName, Bind);

    /// <summary>The facts that come with OpsKit (<c>config/virtual-connect.yaml</c>).</summary>
    public static VirtualConnectFacts BuiltIn => Source.BuiltIn;

    /// <summary>The facts in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public static VirtualConnectFacts Load(JumpHost jumpHost) => Source.Load(jumpHost);

    /// <summary>Reads facts from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static VirtualConnectFacts Parse(string text, string source) => Source.Parse(text, source);

    private static VirtualConnectFacts Bind(YamlMap map, YamlErrors errors)
    {
        map.Integer("version", 1, 1);
        var (reset, vcsu) = (map.MapOrEmpty("reset"), map.MapOrEmpty("vcsu"));
        var facts = new VirtualConnectFacts
        {
            ResetCommand = reset.RequiredText("command"),
            ResetAccepted = Words(reset, "accepted"),
            Vcsu = new VcsuFacts
            {
                Paths = vcsu.Texts("paths"),
                HelpMustName = vcsu.Texts("help-must-name"),
                Success = Words(vcsu, "success"),
                Failure = Words(vcsu, "failure"),
                Activating = vcsu.Texts("activating"),
                PasswordPrompts = Words(vcsu, "password-prompts"),
                VirtualConnectWords = vcsu.Texts("virtual-connect-words"),
                ConfirmPrompts = Words(vcsu, "confirm-prompts"),
            },
        };
        if (facts.ResetCommand.Length > 0 && !ResetCommands.IsOne(facts.ResetCommand))
            reset.Wrong("command", $"\"{facts.ResetCommand}\" {ResetCommands.Why}");
        reset.Finish();
        vcsu.Finish();
        map.Finish();
        errors.ThrowIfAny();
        return facts;
    }

    private static IReadOnlyList<string> Words(YamlMap map, string key)
    {
        var words = map.Texts(key);
        if (words.Count == 0 || words.Any(string.IsNullOrWhiteSpace))
            map.Wrong(key, $"\"{key}\" names nothing, expected words to look for");
        return words;
    }
}
