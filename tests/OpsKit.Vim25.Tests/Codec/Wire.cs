using System.Text;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Objects to text and back, as one element named <c>value</c> in a SOAP body.</summary>
internal static class Wire
{
    internal const string Namespaces =
        "xmlns=\"urn:vim25\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"";

    internal static string Write(DataObject value, string declaredType) => Write(writer => writer.WriteObject("value", value, declaredType));

    internal static string Write(Action<VimWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = VimWriter.Create(stream))
        {
            writer.StartEnvelope();
            write(writer);
            writer.EndEnvelope();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static VimReader Open(string xml) => VimReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    /// <summary>Reads the root element of a document.</summary>
    internal static T Read<T>(string xml, Func<VimReader, T> read)
    {
        using var reader = Open(xml);
        reader.MoveToContent();
        return read(reader);
    }

    internal static T Read<T>(string xml)
        where T : DataObject, new() => Read(xml, reader => reader.ReadObject(() => new T())!);

    /// <summary>Reads what stands in the body of an envelope.</summary>
    internal static T ReadBody<T>(string envelope, Func<VimReader, T> read) => Read(envelope, reader =>
    {
        reader.Enter().ShouldBeTrue();
        reader.NextChild().ShouldBeTrue();
        reader.Enter().ShouldBeTrue();
        reader.NextChild().ShouldBeTrue();
        return read(reader);
    });
}
