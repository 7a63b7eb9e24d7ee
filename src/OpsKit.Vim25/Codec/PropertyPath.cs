namespace OpsKit.Vim25;

/// <summary>A property of a managed object type, possibly nested, such as <c>config.hardware.device</c>.</summary>
/// <param name="ObjectType">The managed object type that has it, or a base of it.</param>
/// <param name="Path">The path as the server knows it.</param>
public abstract record PropertyPath(string ObjectType, string Path)
{
    /// <summary>Type and path joined by a dot.</summary>
    public sealed override string ToString() => $"{ObjectType}.{Path}";
}

/// <summary>A property path whose value's type is known.</summary>
/// <typeparam name="T">The value's type; nullable for scalars.</typeparam>
/// <param name="ObjectType">The managed object type that has it, or a base of it.</param>
/// <param name="Path">The path as the server knows it.</param>
public sealed record PropertyPath<T>(string ObjectType, string Path) : PropertyPath(ObjectType, Path)
{
    /// <summary>Makes the value of a text, where the value is an enumeration.</summary>
    internal Func<string, object>? FromText { get; init; }

    /// <summary>Takes a received value as this path's type; null when it is absent or of another type.</summary>
    public T? Convert(object? value) => value switch
    {
        T typed => typed,
        string text when FromText is not null => (T)FromText(text),
        int number when typeof(T) == typeof(long?) => (T)(object)(long)number,
        short number when typeof(T) == typeof(int?) => (T)(object)(int)number,
        short number when typeof(T) == typeof(long?) => (T)(object)(long)number,
        long number when typeof(T) == typeof(int?) && number is >= int.MinValue and <= int.MaxValue => (T)(object)(int)number,
        not null when typeof(T) == typeof(string) && VimTypes.TryWriteEnum(value, out _, out var text) => (T)(object)text,
        _ => default,
    };

    /// <summary>Two paths are equal when they name the same property with the same type of value.</summary>
    public bool Equals(PropertyPath<T>? other) => other is not null && ObjectType == other.ObjectType && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ObjectType, Path);
}
