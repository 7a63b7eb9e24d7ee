namespace OpsKit.Vim25;

/// <summary>A list in a place where the schema allows anything: it carries its own type name, such as <c>ArrayOfVirtualDevice</c>.</summary>
/// <typeparam name="T">The items' type.</typeparam>
public sealed class ArrayOf<T> : List<T>, IArrayOf
{
    /// <summary>Creates an empty list.</summary>
    /// <param name="typeName">The list's type name on the wire: <c>ArrayOf</c> and the items' type name, its first letter in upper case.</param>
    public ArrayOf(string typeName) => TypeName = typeName;

    /// <summary>The list's type name on the wire.</summary>
    public string TypeName { get; }

    IEnumerable<object?> IArrayOf.Items
    {
        get
        {
            foreach (var item in this)
                yield return item;
        }
    }
}

/// <summary>What the writer needs of an <see cref="ArrayOf{T}"/>.</summary>
internal interface IArrayOf
{
    string TypeName { get; }

    IEnumerable<object?> Items { get; }
}
