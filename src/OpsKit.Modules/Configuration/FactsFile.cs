using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.Configuration;

/// <summary>Facts in a YAML file: the one given, else the one of its name in the configuration folder, else the one built in.</summary>
/// <param name="name">The file's name in the configuration folder, and as it is built in.</param>
/// <param name="bind">Makes facts of it; throws what the errors hold.</param>
internal sealed class FactsFile<T>(string name, Func<YamlMap, YamlErrors, T> bind)
    where T : class
{
    private T? _builtIn;

    /// <summary>Those that come with OpsKit.</summary>
    public T BuiltIn => _builtIn ??= Parse(BuiltInText(), "built in");

    /// <summary>Those in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="file">The file to use; null for the configured or the built-in one.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public T Load(JumpHost jumpHost, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        if (file is not null)
            return Open(jumpHost.ResolvePath(file), file);
        var configured = Path.Combine(jumpHost.ConfigDirectory, name);
        return File.Exists(configured) ? Open(configured, configured) : BuiltIn;
    }

    /// <summary>Reads them from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public T Parse(string text, string source)
    {
        var errors = new YamlErrors();
        return bind(YamlFile.Parse(text, source, errors), errors);
    }

    /// <summary>Reads them from a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="shown">Its name in errors.</param>
    /// <exception cref="OpsKitException">The file cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public T Open(string path, string shown)
    {
        var errors = new YamlErrors();
        return bind(YamlFile.Open(path, shown, errors), errors);
    }

    private string BuiltInText()
    {
        using var stream = typeof(FactsFile<>).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
