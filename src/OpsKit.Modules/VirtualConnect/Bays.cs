using System.Globalization;
using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Bays in options.</summary>
internal static class Bays
{
    /// <summary>A list of bays; what is no bay goes to the map's errors.</summary>
    /// <param name="with">The step's options.</param>
    /// <param name="key">The option.</param>
    /// <param name="most">The highest bay there is.</param>
    public static IReadOnlyList<int> Of(YamlMap with, string key, int most)
    {
        var bays = new List<int>();
        foreach (var text in with.Texts(key))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bay) && bay >= 1 && bay <= most && !bays.Contains(bay))
                bays.Add(bay);
            else
                with.Wrong(key, $"\"{text}\" in \"{key}\" is no bay, or names one twice; expected numbers from 1 to {most}");
        }

        return bays;
    }
}
