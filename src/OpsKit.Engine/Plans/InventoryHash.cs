using System.Security.Cryptography;
using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Engine.Plans;

/// <summary>What a plan is bound to: the inventory it was made with.</summary>
internal static class InventoryHash
{
    /// <summary>SHA-256 of the inventory's file; of the endpoints' names and addresses where there is none.</summary>
    /// <exception cref="OpsKitException">Kind Usage: the file cannot be read any more.</exception>
    public static string Of(Estate estate, string? file)
    {
        if (file is null)
            return Hash(Encoding.UTF8.GetBytes(string.Concat(estate.Endpoints.Select(endpoint => $"{endpoint.GetType().Name}\0{endpoint.Name}\0{endpoint.Address}\0"))));
        try
        {
            return Hash(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", file, innerException: e);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
