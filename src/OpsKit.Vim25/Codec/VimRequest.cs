namespace OpsKit.Vim25;

/// <summary>What an operation does to the server.</summary>
public enum OperationKind
{
    /// <summary>Begins, ends or checks a session.</summary>
    Session,

    /// <summary>Reads. Needs no privilege beyond System.View and System.Read.</summary>
    Query,

    /// <summary>Changes an object of the inventory or a host.</summary>
    Change,
}

/// <summary>One call of one operation on one managed object.</summary>
public abstract class VimRequest
{
    /// <summary>The operation's name, which is also the name of the request's element.</summary>
    public abstract string Operation { get; }

    /// <summary>Whether it reads or changes.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>The managed object it is called on.</summary>
    public required ManagedObjectReference Self { get; init; }

    /// <summary>The managed object type that has the operation.</summary>
    internal abstract string ObjectType { get; }

    /// <summary>The privilege that the operation needs on its object; null where the API names none.</summary>
    internal abstract string? Privilege { get; }

    internal abstract void WriteParameters(VimWriter writer);

    /// <summary>Writes the content of the response element, as a server does; <paramref name="result"/> is what the operation returned.</summary>
    internal abstract void WriteReturn(VimWriter writer, object? result);

    /// <summary>Writes the request element with its parameters in the schema's order.</summary>
    internal void Write(VimWriter writer)
    {
        writer.StartRequest(Operation);
        writer.WriteRequiredReference("_this", Self, Operation);
        WriteParameters(writer);
        writer.EndElement();
    }
}
