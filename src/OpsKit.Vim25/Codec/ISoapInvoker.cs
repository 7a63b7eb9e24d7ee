namespace OpsKit.Vim25;

/// <summary>Sends requests. The generated query, change and session classes stand on this seam.</summary>
public interface ISoapInvoker
{
    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">The call.</param>
    /// <param name="readResponse">Reads the content of the response element; called with the reader on that element.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="VimFaultException">The server answered with a fault.</exception>
    /// <exception cref="VimProtocolException">The answer is not a vim25 answer.</exception>
    Task<T> InvokeAsync<T>(VimRequest request, Func<VimReader, T> readResponse, CancellationToken cancellationToken);

    /// <summary>Sends a request and hands out the parts of its answer while it still arrives.</summary>
    /// <param name="request">The call.</param>
    /// <param name="readResponse">Reads the content of the response element part by part.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    IAsyncEnumerable<T> StreamAsync<T>(VimRequest request, Func<VimReader, IEnumerable<T>> readResponse, CancellationToken cancellationToken);
}
