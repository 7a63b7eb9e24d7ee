using System.Net;

namespace OpsKit.Vim25;

/// <summary>The base of everything that goes wrong in a vim25 conversation.</summary>
public class VimException : Exception
{
    /// <summary>Creates the exception.</summary>
    public VimException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>What arrived is not a vim25 answer: not XML, truncated, malformed, a DTD, nested too deep, or a web page.</summary>
public sealed class VimProtocolException : VimException
{
    /// <summary>Creates the exception.</summary>
    public VimProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The HTTP status of the answer, where that is what was wrong with it; else null.</summary>
    public HttpStatusCode? StatusCode { get; init; }
}

/// <summary>An object cannot be written: a required field is unset, or the object was read from a type this client does not know.</summary>
public sealed class VimSerializationException : VimException
{
    /// <summary>Creates the exception.</summary>
    public VimSerializationException(string message)
        : base(message)
    {
    }
}
