using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Vim25.Generator.Manifests;

/// <summary>What of the API is wanted. Each entry remembers its line for error messages.</summary>
internal sealed record Manifest(
    string Path,
    string ApiVersion,
    IReadOnlyList<OperationEntry> Operations,
    IReadOnlyList<PropertyEntry> Properties,
    IReadOnlyList<SubtypeEntry> Subtypes)
{
    /// <summary>SHA-256 of what the manifest says, whatever its order and comments: the generated code carries it.</summary>
    internal string Hash
    {
        get
        {
            var entries = Operations.Select(entry => $"{entry.Kind} {entry.ObjectType}.{entry.Operation}")
                .Concat(Properties.Select(entry => $"Property {entry.ObjectType} {entry.Path}"))
                .Concat(Subtypes.Select(entry => $"{(entry.WithDescendants ? "Subtypes" : "Subtype")} {entry.Type}"))
                .Order(StringComparer.Ordinal)
                .Prepend($"Api {ApiVersion}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', entries).ToLowerInvariant())));
        }
    }
}

/// <summary><c>query PropertyCollector.RetrievePropertiesEx</c>: an operation and what it does.</summary>
internal sealed record OperationEntry(OperationKind Kind, string ObjectType, string Operation, int Line);

/// <summary><c>property VirtualMachine config.hardware.device</c>: a property path.</summary>
internal sealed record PropertyEntry(string ObjectType, string Path, int Line);

/// <summary><c>subtype VirtualDisk</c>, or <c>subtypes VirtualDevice</c> for a type and everything that extends it.</summary>
internal sealed record SubtypeEntry(string Type, bool WithDescendants, int Line);

/// <summary>What an operation does to the server.</summary>
internal enum OperationKind
{
    Session,
    Query,
    Change,
}
