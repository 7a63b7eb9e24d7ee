using System.Runtime.CompilerServices;

namespace OpsKit.Vim25;

/// <summary>
/// The base of every generated data type. It stands for the schema's <c>DynamicData</c>, whose own two fields no server fills.
/// </summary>
/// <remarks>
/// Every scalar property is nullable, even where the schema says it is required: real servers leave some out, and nothing is
/// invented in their place. Writing an object that lacks a required field throws <see cref="VimSerializationException"/>.
/// </remarks>
public abstract class DataObject
{
    /// <summary>Beside the objects, not in them: almost none is of an unknown type, and inventories are made of millions.</summary>
    private static readonly ConditionalWeakTable<DataObject, string> ReceivedTypeNames = [];

    /// <summary>The type's name on the wire; for an object read as its nearest known base, the name the server sent.</summary>
    public string TypeName => ReceivedTypeNames.TryGetValue(this, out var received) ? received : WireTypeName;

    /// <summary>True when the server sent a subtype this client does not know. Such an object cannot be sent back: fields would be lost.</summary>
    public bool IsUnknownSubtype => ReceivedTypeNames.TryGetValue(this, out _);

    /// <summary>The name of the type this class stands for.</summary>
    internal abstract string WireTypeName { get; }

    /// <summary>Reads the element the reader is on into its property.</summary>
    /// <returns>False when this type has no such element; the caller then skips it.</returns>
    internal virtual bool ReadField(VimReader reader, string name) => false;

    /// <summary>Writes all fields, the base type's first, in the schema's order.</summary>
    internal virtual void WriteFields(VimWriter writer)
    {
    }

    /// <summary>The value of a field by its name on the wire; null where it is unset or there is no such field.</summary>
    internal virtual object? GetField(string name) => null;

    /// <summary>Another object with the same values: the quickest way to a new one of a type that only its name tells.</summary>
    internal T Copy<T>()
        where T : DataObject => (T)MemberwiseClone();

    internal void MarkUnknownSubtype(string receivedTypeName) => ReceivedTypeNames.AddOrUpdate(this, receivedTypeName);
}

/// <summary>A value of a type this client does not know at all, in a place where the schema allows anything. Its content was skipped.</summary>
public sealed class UnknownObject : DataObject
{
    internal override string WireTypeName => "DynamicData";
}
