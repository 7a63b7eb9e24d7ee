using OpsKit.Connections.Secrets;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Inventory;

/// <summary>Secret references in YAML.</summary>
internal static class YamlSecrets
{
    /// <summary>A reference; a secret that stands there itself is reported, and not repeated.</summary>
    internal static SecretReference? Secret(this YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        try
        {
            return SecretReference.Parse(text, map.Where(key));
        }
        catch (OpsKitException e)
        {
            map.Wrong(key, $"{map.Name}: {e.What}");
            return null;
        }
    }
}
