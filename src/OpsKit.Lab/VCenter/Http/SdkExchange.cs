using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>A request and its answer, as they went over the wire.</summary>
/// <param name="Operation">The operation; empty for a request that was refused unread.</param>
/// <param name="Schema">The API version that both are of.</param>
/// <param name="Request">The body that was posted.</param>
/// <param name="Answer">The body that is sent back.</param>
internal sealed record SdkExchange(string Operation, SchemaVersion Schema, ReadOnlyMemory<byte> Request, ReadOnlyMemory<byte> Answer);
