namespace OpsKit.Connections.Yaml;

/// <summary>A text of a list, with its place.</summary>
public sealed class YamlItem
{
    private readonly Action<string> _wrong;

    internal YamlItem(string text, string at, Action<string> wrong) => (Text, At, _wrong) = (text, at, wrong);

    /// <summary>What it says; never empty.</summary>
    public string Text { get; }

    /// <summary>Where it begins, as <c>file:line:column</c>.</summary>
    public string At { get; }

    /// <summary>Reports it as wrong.</summary>
    public void Wrong(string message) => _wrong(message);
}
