namespace OpsKit.Vim25;

/// <summary>
/// An enumeration that keeps what the server sent: servers newer than the schema send values it does not list, and some send none at all.
/// </summary>
/// <typeparam name="TSelf">The enumeration.</typeparam>
public interface IOpenEnumeration<TSelf>
    where TSelf : struct, IOpenEnumeration<TSelf>
{
    /// <summary>The text on the wire; may be empty.</summary>
    string Value { get; }

    /// <summary>True when the schema this client was generated from lists the value.</summary>
    bool IsKnown { get; }

    /// <summary>The value for a text from the wire.</summary>
    static abstract TSelf FromText(string text);
}
