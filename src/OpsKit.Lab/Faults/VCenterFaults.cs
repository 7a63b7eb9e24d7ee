using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Http;

namespace OpsKit.Lab.Faults;

/// <summary>What the faults of the list do to calls of a vCenter's web service.</summary>
internal static class VCenterFaults
{
    private static readonly FaultKind[] ActedOut = [FaultKind.Slow, FaultKind.Cut, FaultKind.Garbled, FaultKind.Refused, FaultKind.Unavailable, FaultKind.SessionKilled];

    public static CallFaults Of(FaultList faults, LabClock clock) => (endpoint, operation) =>
        faults.Next(endpoint, operation, ActedOut) is { } fault ? Translate(fault, clock) : null;

    private static CallFault Translate(Fault fault, LabClock clock) => fault.Kind switch
    {
        FaultKind.Slow => new CallFault { Delay = fault.Delay / clock.Speed },
        FaultKind.Cut => new CallFault { Cut = true, AfterOperation = true },
        FaultKind.Garbled => new CallFault { Garble = true },
        FaultKind.Refused => new CallFault { Cut = true },
        FaultKind.Unavailable => new CallFault { Status = 503 },
        FaultKind.SessionKilled => new CallFault { EndSessions = true },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "not acted out by a web service"),
    };
}
