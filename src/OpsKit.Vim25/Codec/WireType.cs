using System.Text;

namespace OpsKit.Vim25;

/// <summary>A type name as an <c>xsi:type</c> gives it, looked up once a document.</summary>
internal sealed class WireType : IUtf8Entry<WireType>
{
    private readonly DataObject? _blank;

    private WireType(ReadOnlySpan<byte> utf8)
    {
        Utf8 = utf8.ToArray();
        Name = Encoding.UTF8.GetString(utf8);
        _blank = VimTypes.Create(Name);
    }

    public byte[] Utf8 { get; }

    internal string Name { get; }

    /// <summary>An empty object of the type; null where it is no data type of this client or no <typeparamref name="T"/>.</summary>
    internal T? New<T>()
        where T : DataObject => (_blank as T)?.Copy<T>();

    public static WireType? Create(ReadOnlySpan<byte> utf8) => new(utf8);
}
