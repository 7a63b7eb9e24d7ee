using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.Licensing;

/// <summary>Reads <c>licensing.yaml</c>: the file given, else the one in the configuration folder, else the one built in.</summary>
public static class LicensingTablesReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "licensing.yaml";

    private static readonly Lazy<LicensingTables> BuiltInTables = new(() => Parse(BuiltInText(), "built in"));

    /// <summary>The tables that come with OpsKit (<c>config/licensing.yaml</c>).</summary>
    public static LicensingTables BuiltIn => BuiltInTables.Value;

    /// <summary>The tables in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="file">The file to use; null for the configured or the built-in one.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or it says something that has no meaning (usage; file, line and column).</exception>
    public static LicensingTables Load(JumpHost jumpHost, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        if (file is not null)
            return Open(Path.GetFullPath(file, jumpHost.WorkingDirectory), file);
        var configured = Path.Combine(jumpHost.ConfigDirectory, FileName);
        return File.Exists(configured) ? Open(configured, configured) : BuiltIn;
    }

    /// <summary>Reads tables from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static LicensingTables Parse(string text, string source)
    {
        var errors = new YamlErrors();
        return TablesBinder.Bind(YamlFile.Parse(text, source, errors), errors);
    }

    private static LicensingTables Open(string path, string shown)
    {
        var errors = new YamlErrors();
        return TablesBinder.Bind(YamlFile.Open(path, shown, errors), errors);
    }

    private static string BuiltInText()
    {
        using var stream = typeof(LicensingTablesReader).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException($"{FileName} is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
