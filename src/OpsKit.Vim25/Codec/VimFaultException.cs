using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>The server answered with a fault. Filter by its type: <c>catch (VimFaultException e) when (e.Fault is InvalidLogin)</c>.</summary>
public class VimFaultException : VimException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The operation that was called.</param>
    /// <param name="fault">The fault's data, or null where the server sent none.</param>
    /// <param name="faultType">The fault's type name as the server sent it.</param>
    /// <param name="serverMessage">The server's own message.</param>
    public VimFaultException(string operation, MethodFault? fault, string faultType, string serverMessage)
        : base($"{operation}: {(serverMessage.Length > 0 ? serverMessage : "the server gave no message")} ({faultType}){string.Concat(CausesOf(fault).Select(cause => $"; {cause}"))}")
    {
        Operation = operation;
        Fault = fault;
        FaultType = faultType;
        ServerMessage = serverMessage;
    }

    /// <summary>The operation that was called.</summary>
    public string Operation { get; }

    /// <summary>The fault's data; its nearest known base where the type is unknown; null where the server sent none.</summary>
    public MethodFault? Fault { get; }

    /// <summary>The fault's type name as the server sent it, such as <c>InvalidLogin</c>.</summary>
    public string FaultType { get; }

    /// <summary>The server's own message, in the server's language; may be empty.</summary>
    public string ServerMessage { get; }

    /// <summary>The messages and causes the server attached to the fault, outermost first; may be empty.</summary>
    public IEnumerable<string> Causes => CausesOf(Fault);

    /// <summary>A chain ends after ten links: it comes from the server.</summary>
    private static IEnumerable<string> CausesOf(MethodFault? fault)
    {
        for (var depth = 0; fault is not null && depth < 10; depth++)
        {
            foreach (var message in fault.FaultMessage)
            {
                if ((message.Message ?? message.Key) is { Length: > 0 } text)
                    yield return text;
            }

            if (fault.FaultCause is not { } cause)
                yield break;
            var type = cause.Fault?.TypeName ?? "unknown";
            yield return cause.LocalizedMessage is { Length: > 0 } said ? $"caused by: {said} ({type})" : $"caused by {type}";
            fault = cause.Fault;
        }
    }
}
