using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>What goes wrong with one call, on purpose. What is unset stays as it is.</summary>
internal sealed record CallFault
{
    /// <summary>Real time that passes before anything else.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The connection is cut: before the operation is carried out, or with <see cref="AfterOperation"/> in the middle of its answer.</summary>
    public bool Cut { get; init; }

    /// <summary>The operation is carried out and only its answer is lost, garbled or replaced.</summary>
    public bool AfterOperation { get; init; }

    /// <summary>The answer is cut off in its middle, with nonsense at the end.</summary>
    public bool Garble { get; init; }

    /// <summary>An HTTP status in place of an answer, such as 503.</summary>
    public int? Status { get; init; }

    /// <summary>A fault in place of an answer.</summary>
    public MethodFault? Fault { get; init; }

    /// <summary>Properties are those of the first call that was answered stale under the same number; null for those of now.</summary>
    public int? Stale { get; init; }

    /// <summary>All sessions end before the call.</summary>
    public bool EndSessions { get; init; }
}

/// <summary>Asked before each operation of an endpoint what goes wrong with it; null for nothing.</summary>
internal delegate CallFault? CallFaults(string endpoint, string operation);
