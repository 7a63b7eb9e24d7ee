using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Commands;

/// <summary>Finds the endpoints a command line means.</summary>
internal static class EstateLoader
{
    private const string FileName = "opskit.yaml";

    /// <summary>The inventory or the ad-hoc endpoints, narrowed by <c>--limit</c>, with <c>--timeout</c> applied.</summary>
    public static Estate Load(GlobalSettings settings, JumpHost jumpHost, Doors doors)
    {
        var estate = doors.ReadInventory(FindInventory(settings, jumpHost));
        if (settings.Timeout is { } timeout)
            estate = estate with { Endpoints = [.. estate.Endpoints.Select(endpoint => endpoint with { ConnectTimeout = timeout })] };
        return EstateLimit.Apply(estate, settings.Limit);
    }

    /// <summary>The inventory file: the one named, else <c>opskit.yaml</c> in the working folder, else in the user's configuration folder.</summary>
    /// <exception cref="OpsKitException">There is none.</exception>
    public static string FindInventory(GlobalSettings settings, JumpHost jumpHost)
    {
        if (settings.Inventory is { } named)
            return Path.GetFullPath(named, jumpHost.WorkingDirectory);

        string[] places = [Path.Combine(jumpHost.WorkingDirectory, FileName), Path.Combine(jumpHost.ConfigDirectory, FileName)];
        return Array.Find(places, File.Exists)
            ?? throw new OpsKitException(
                FailureKind.Usage,
                $"no inventory: neither {places[0]} nor {places[1]} exists",
                next: "name one with --inventory FILE, or an endpoint with --server NAME --user NAME --password prompt");
    }
}
