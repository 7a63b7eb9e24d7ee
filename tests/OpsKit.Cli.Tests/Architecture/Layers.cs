using System.Reflection;
using ArchUnitNET.Loader;
using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Modules.Licensing;
using OpsKit.Vim25;

namespace OpsKit.Cli.Tests.Architecture;

/// <summary>The product's assemblies, from the inside out.</summary>
internal static class Layers
{
    public static readonly Assembly Vim25 = typeof(VimException).Assembly;
    public static readonly Assembly Connections = typeof(OpsKitException).Assembly;
    public static readonly Assembly Engine = typeof(ReportTable).Assembly;
    public static readonly Assembly Modules = typeof(LicensingTables).Assembly;
    public static readonly Assembly Cli = typeof(ExitCodes).Assembly;

    /// <summary>Each may refer to those before it, and to none behind it.</summary>
    public static IReadOnlyList<Assembly> InOrder { get; } = [Vim25, Connections, Engine, Modules, Cli];

    public static ArchUnitNET.Domain.Architecture Loaded { get; } = new ArchLoader().LoadAssemblies([.. InOrder]).Build();

    /// <summary>Types written by hand; vim25's own are named as VMware named them.</summary>
    public static IEnumerable<System.Type> HandWrittenTypes { get; } =
    [
        .. InOrder.SelectMany(a => a.GetTypes())
            .Where(t => t.Namespace?.StartsWith("OpsKit", StringComparison.Ordinal) == true && t.Namespace != "OpsKit.Vim25.Types")
            .Where(t => !t.Name.Contains('<', StringComparison.Ordinal)),
    ];
}
