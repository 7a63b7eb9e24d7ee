namespace OpsKit.Vim25;

/// <summary>
/// Reads a request as a server does: its parameters in the schema's order, none twice, none unknown, the required ones present. Anything else
/// is a <see cref="VimProtocolException"/>.
/// </summary>
internal sealed class RequestReader
{
    private readonly VimReader _reader;
    private readonly string _operation;
    private bool _ended;

    private RequestReader(VimReader reader)
    {
        _reader = reader;
        _operation = reader.Name;
    }

    /// <summary>Reads the request whose element the reader is on; null where its name is that of no operation.</summary>
    internal static VimRequest? Read(VimReader reader)
    {
        var parameters = new RequestReader(reader);
        if (VimTypes.ReadRequest(parameters._operation, parameters) is not { } request)
            return null;
        if (parameters.IsOnElement())
            throw new VimProtocolException($"Unexpected element tag \"{reader.Name}\" seen\nwhile parsing call information for method {parameters._operation}");
        return request;
    }

    /// <summary>The object that the operation is called on; always the first parameter.</summary>
    internal ManagedObjectReference This()
    {
        _ended = !_reader.Enter();
        return One("_this", static reader => reader.ReadReference(), required: true)!;
    }

    internal T? One<T>(string name, Func<VimReader, T?> read, bool required = false) => IsAt(name, required) ? read(_reader) : default;

    internal IReadOnlyList<T> Many<T>(string name, VimReader.ItemReader<T> read, bool required = false) =>
        IsAt(name, required) ? _reader.ReadList([], read) : [];

    internal IReadOnlyList<T> Values<T>(string name, VimReader.ValueReader<T> read, bool required = false)
        where T : struct => IsAt(name, required) ? _reader.ReadValues([], read) : [];

    private bool IsAt(string name, bool required)
    {
        if (IsOnElement() && _reader.Name == name)
            return true;
        if (!required)
            return false;
        throw new VimProtocolException(_ended
            ? $"Required parameter {name} is missing\nwhile parsing call information for method {_operation}"
            : $"Unexpected element tag \"{_reader.Name}\" seen; expected \"{name}\"\nwhile parsing call information for method {_operation}");
    }

    private bool IsOnElement()
    {
        if (!_ended)
            _ended = !_reader.NextChild();
        return !_ended;
    }
}
