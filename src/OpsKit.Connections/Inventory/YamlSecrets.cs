using OpsKit.Connections.Secrets;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Inventory;

/// <summary>Secret references in YAML.</summary>
internal static class YamlSecrets
{
    /// <summary>A reference; a secret that stands there itself is reported, and not repeated. Files are relative to the inventory, as everything in it is.</summary>
    internal static SecretReference? Secret(this YamlMap map, string key, Func<string, string> resolvePath)
    {
        if (map.Text(key) is not { } text)
            return null;
        try
        {
            var reference = SecretReference.Parse(text, map.Where(key));
            return reference.Source == SecretSource.File ? reference with { Value = resolvePath(reference.Value) } : reference;
        }
        catch (OpsKitException e)
        {
            map.Wrong(key, $"{map.Name}: {e.What}");
            return null;
        }
    }
}
