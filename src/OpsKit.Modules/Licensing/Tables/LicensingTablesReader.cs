using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.Licensing;

/// <summary>Reads <c>licensing.yaml</c>: the file given, else the one in the configuration folder, else the one built in.</summary>
public static class LicensingTablesReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "licensing.yaml";

    private static readonly FactsFile<LicensingTables> Source = new(FileName, TablesBinder.Bind);

    /// <summary>The tables that come with OpsKit (<c>config/licensing.yaml</c>).</summary>
    public static LicensingTables BuiltIn => Source.BuiltIn;

    /// <summary>The tables in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="file">The file to use; null for the configured or the built-in one.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or it says something that has no meaning (usage; file, line and column).</exception>
    public static LicensingTables Load(JumpHost jumpHost, string? file = null) => Source.Load(jumpHost, file);

    /// <summary>Reads tables from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static LicensingTables Parse(string text, string source) => Source.Parse(text, source);
}
