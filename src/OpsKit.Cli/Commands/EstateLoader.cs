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
        var estate = settings.IsAdHoc
            ? AdHocEndpoints.Create(settings.Servers, settings.Hosts, settings.User, settings.Password, settings.Thumbprint)
            : doors.ReadInventory(FindInventory(settings, jumpHost), jumpHost);
        if (settings.Timeout is { } timeout)
            estate = estate with { Endpoints = [.. estate.Endpoints.Select(endpoint => endpoint with { ConnectTimeout = timeout })] };
        return EstateLimit.Apply(estate, settings.Limit);
    }

    /// <summary>The inventory file: the one named, else <c>opskit.yaml</c> in the working folder, else in the user's configuration folder.</summary>
    /// <exception cref="OpsKitException">There is none.</exception>
    public static string FindInventory(GlobalSettings settings, JumpHost jumpHost)
    {
        if (settings.Inventory is { } named)
            return named;
        if (File.Exists(jumpHost.ResolvePath(FileName)))
            return FileName;

        var ofUser = Path.Combine(jumpHost.ConfigDirectory, FileName);
        return File.Exists(ofUser)
            ? ofUser
            : throw new OpsKitException(
                FailureKind.Usage,
                $"no inventory: neither ./{FileName} nor {ofUser} exists",
                next: "name one with --inventory FILE, or an endpoint with --server NAME --user NAME; opskit help inventory");
    }
}
