using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Reads <c>change-tracking.yaml</c>: the one in the configuration folder, else the one built in.</summary>
public static class ChangeTrackingFactsReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "change-tracking.yaml";

    private static readonly Lazy<ChangeTrackingFacts> BuiltInFacts = new(() => Parse(BuiltInText(), "built in"));

    /// <summary>The facts that come with OpsKit (<c>config/change-tracking.yaml</c>).</summary>
    public static ChangeTrackingFacts BuiltIn => BuiltInFacts.Value;

    /// <summary>The facts in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or it says something that has no meaning (usage; file, line and column).</exception>
    public static ChangeTrackingFacts Load(JumpHost jumpHost)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        var configured = Path.Combine(jumpHost.ConfigDirectory, FileName);
        if (!File.Exists(configured))
            return BuiltIn;
        var errors = new YamlErrors();
        return ChangeTrackingFactsBinder.Bind(YamlFile.Open(configured, configured, errors), errors);
    }

    /// <summary>Reads facts from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static ChangeTrackingFacts Parse(string text, string source)
    {
        var errors = new YamlErrors();
        return ChangeTrackingFactsBinder.Bind(YamlFile.Parse(text, source, errors), errors);
    }

    private static string BuiltInText()
    {
        using var stream = typeof(ChangeTrackingFactsReader).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException($"{FileName} is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
