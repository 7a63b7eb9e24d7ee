using System.Runtime.CompilerServices;

namespace OpsKit.Modules.Tests.VirtualConnect.Texts;

/// <summary>Answers of enclosure devices, in the layout of captures and with values of our own.</summary>
internal static class Fixture
{
    public static string Read(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Fixtures", name));
}
