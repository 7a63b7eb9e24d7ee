namespace OpsKit.Vim25;

/// <summary>How a call ended.</summary>
public enum SoapOutcome
{
    /// <summary>The answer was read.</summary>
    Answered,

    /// <summary>The server answered with a fault.</summary>
    Fault,

    /// <summary>No connection, a broken one, or something that is no vim25 answer.</summary>
    Failed,

    /// <summary>The caller abandoned the call.</summary>
    Abandoned,
}

/// <summary>What an observer learns about a finished call. It carries no data of the request or the answer.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Kind">Whether it reads or changes.</param>
/// <param name="Self">The managed object it was called on.</param>
/// <param name="Duration">From the start of writing the request to the end of reading the answer.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="FaultType">The fault's type name, or null where there was none.</param>
/// <param name="ResponseBytes">Bytes of the answer's body that were read.</param>
public sealed record SoapExchange(
    string Operation,
    OperationKind Kind,
    ManagedObjectReference Self,
    TimeSpan Duration,
    SoapOutcome Outcome,
    string? FaultType,
    long ResponseBytes);
