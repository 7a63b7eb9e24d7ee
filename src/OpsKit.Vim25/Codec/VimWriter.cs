using System.Text;
using System.Xml;

namespace OpsKit.Vim25;

/// <summary>Writes vim25 data as SOAP 1.1, elements in the order the caller gives, which is the schema's.</summary>
public sealed partial class VimWriter : IDisposable
{
    internal const string VimNamespace = "urn:vim25";
    internal const string SoapNamespace = "http://schemas.xmlsoap.org/soap/envelope/";
    internal const string XsdNamespace = "http://www.w3.org/2001/XMLSchema";

    private readonly XmlWriter _xml;
    private readonly SchemaVersion? _schema;
    private string _owner = "";

    /// <summary>The type whose fields are being written, for a writer that leaves out what an API version lacks.</summary>
    private TypeShape? _fields;

    private VimWriter(XmlWriter xml, SchemaVersion? schema) => (_xml, _schema) = (xml, schema);

    /// <summary>Opens a document on a stream; UTF-8 without a byte order mark. The stream stays open.</summary>
    public static VimWriter Create(Stream stream) => Create(stream, schema: null);

    /// <summary>Opens a document on a stream for a reader who knows an API version only: types and fields that came later are left out.</summary>
    internal static VimWriter Create(Stream stream, SchemaVersion? schema) => new(
        XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,
        }),
        schema);

    /// <summary>Writes what is buffered and closes the document.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>Writes a request as a whole SOAP message.</summary>
    /// <exception cref="VimSerializationException">A required field is unset or a text holds a character that XML cannot carry.</exception>
    internal void WriteEnvelope(VimRequest request)
    {
        StartEnvelope();
        request.Write(this);
        EndEnvelope();
    }

    /// <summary>Writes the answer to a request as a whole SOAP message.</summary>
    /// <exception cref="VimSerializationException">A required field is unset or a text holds a character that XML cannot carry.</exception>
    internal void WriteAnswer(VimRequest request, object? result)
    {
        StartEnvelope();
        StartRequest(request.Operation + "Response");
        request.WriteReturn(this, result);
        EndElement();
        EndEnvelope();
    }

    /// <summary>Writes a fault as a whole SOAP message. Its detail is an element named after the fault's type.</summary>
    internal void WriteFault(string code, string message, Types.MethodFault? fault)
    {
        StartEnvelope();
        _xml.WriteStartElement("Fault", SoapNamespace);
        _xml.WriteElementString("faultcode", code);
        _xml.WriteStartElement("faultstring");
        WriteText(message);
        _xml.WriteEndElement();
        if (fault is not null)
        {
            _xml.WriteStartElement("detail");
            StartElement(TypeNameOf(fault) + "Fault");
            WriteTypeAttribute(TypeNameOf(fault));
            WriteContent(fault);
            EndElement();
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        EndEnvelope();
    }

    /// <summary>An operation's result as a list; an unset one is empty.</summary>
    internal static IReadOnlyList<T> ListOf<T>(object? result) => result switch
    {
        null => [],
        IReadOnlyList<T> list => list,
        IEnumerable<T> items => [.. items],
        _ => throw new VimSerializationException($"A list of {typeof(T).Name} is expected where a {result.GetType().Name} was returned."),
    };

    internal void StartEnvelope()
    {
        _xml.WriteStartDocument();
        _xml.WriteStartElement("soapenv", "Envelope", SoapNamespace);
        _xml.WriteAttributeString("xmlns", "xsd", null, XsdNamespace);
        _xml.WriteAttributeString("xmlns", "xsi", null, VimReader.XsiNamespace);
        _xml.WriteStartElement("Body", SoapNamespace);
    }

    internal void EndEnvelope()
    {
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndDocument();
    }

    internal void StartRequest(string operation)
    {
        _owner = operation;
        _xml.WriteStartElement(operation, VimNamespace);
    }

    internal void StartElement(string name) => _xml.WriteStartElement(name, VimNamespace);

    internal void EndElement() => _xml.WriteEndElement();

    internal void WriteObject(string name, DataObject? value, string declaredType, bool required = false)
    {
        if (Omits(name))
            return;
        if (value is null)
        {
            Missing(name, required);
            return;
        }

        if (value.IsUnknownSubtype)
            throw new VimSerializationException($"{_owner}.{name} was read from a {value.TypeName}, a type this client does not know: sending it back would lose its fields.");

        StartElement(name);
        if (TypeNameOf(value) is var type && type != declaredType)
            WriteTypeAttribute(type);
        WriteContent(value);
        EndElement();
    }

    internal void WriteObjects<T>(string name, IReadOnlyList<T> values, string declaredType, bool required = false)
        where T : DataObject
    {
        if (values.Count == 0)
            Missing(name, required);
        foreach (var value in values)
            WriteObject(name, value, declaredType);
    }

    internal void WriteReference(string name, ManagedObjectReference? value, bool required = false)
    {
        if (Omits(name))
            return;
        if (value is null)
        {
            Missing(name, required);
            return;
        }

        StartElement(name);
        _xml.WriteAttributeString("type", value.Type);
        WriteText(value.Value);
        EndElement();
    }

    internal void WriteRequiredReference(string name, ManagedObjectReference value, string owner)
    {
        _owner = owner;
        WriteReference(name, value, required: true);
    }

    internal void WriteReferences(string name, IReadOnlyList<ManagedObjectReference> values, bool required = false)
    {
        if (values.Count == 0)
            Missing(name, required);
        foreach (var value in values)
            WriteReference(name, value);
    }

    private void WriteContent(DataObject value)
    {
        var outer = (_owner, _fields);
        _owner = value.WireTypeName;
        _fields = _schema?.Nearest(value.WireTypeName);
        value.WriteFields(this);
        (_owner, _fields) = outer;
    }

    private string TypeNameOf(DataObject value) => _schema?.Nearest(value.WireTypeName)?.Name ?? value.WireTypeName;

    /// <summary>Whether a field came later than the API version, or belongs to a subtype that did.</summary>
    private bool Omits(string name) => _fields is not null && _fields.Field(name) is null;

    /// <summary>Type names are in the default namespace, which is <c>urn:vim25</c> on every element of a body.</summary>
    private void WriteTypeAttribute(string typeName) => _xml.WriteAttributeString("xsi", "type", VimReader.XsiNamespace, typeName);

    private void Missing(string name, bool required)
    {
        if (required && !Omits(name))
            throw new VimSerializationException($"{_owner}.{name} is required and not set.");
    }
}
