using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Reads <c>change-tracking.yaml</c>: the one in the configuration folder, else the one built in.</summary>
public static class ChangeTrackingFactsReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "change-tracking.yaml";

    private static readonly FactsFile<ChangeTrackingFacts> Source = new(FileName, ChangeTrackingFactsBinder.Bind);

    /// <summary>The facts that come with OpsKit (<c>config/change-tracking.yaml</c>).</summary>
    public static ChangeTrackingFacts BuiltIn => Source.BuiltIn;

    /// <summary>The facts in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or it says something that has no meaning (usage; file, line and column).</exception>
    public static ChangeTrackingFacts Load(JumpHost jumpHost) => Source.Load(jumpHost);

    /// <summary>Reads facts from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static ChangeTrackingFacts Parse(string text, string source) => Source.Parse(text, source);
}
