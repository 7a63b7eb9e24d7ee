using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>Reads what a client posted: a SOAP 1.1 envelope with the request of one operation.</summary>
internal static class RequestEnvelope
{
    /// <exception cref="LabFaultException">It is no such envelope, or its request is not as the schema says.</exception>
    internal static VimRequest Read(Stream body, SchemaVersion schema)
    {
        using var reader = VimReader.CreateStrict(body, schema);
        try
        {
            Open(reader);
            var operation = reader.Name;
            if (reader.Namespace != VimWriter.VimNamespace || !schema.HasOperation(operation))
                throw VimFaults.UnknownMethod(operation);
            var request = RequestReader.Read(reader) ?? throw VimFaults.UnknownMethod(operation);
            Close(reader);
            return request;
        }
        catch (VimProtocolException e)
        {
            throw VimFaults.InvalidRequest($"{e.Message}\nwhile parsing SOAP body\nwhile parsing SOAP envelope\nwhile parsing HTTP request for method");
        }
    }

    private static void Open(VimReader reader)
    {
        reader.MoveToContent();
        if (reader.Name != "Envelope" || reader.Namespace != VimWriter.SoapNamespace)
            throw VimFaults.InvalidRequest($"Unexpected element tag \"{reader.Name}\" seen; expected a SOAP 1.1 \"Envelope\"\nwhile parsing SOAP envelope");
        if (reader.Enter())
        {
            while (reader.NextChild())
            {
                if (reader.Name == "Header")
                {
                    reader.Skip();
                    continue;
                }

                if (reader.Name != "Body" || reader.Namespace != VimWriter.SoapNamespace)
                    throw VimFaults.InvalidRequest($"Unexpected element tag \"{reader.Name}\" seen; expected \"Body\"\nwhile parsing SOAP envelope");
                if (reader.Enter() && reader.NextChild())
                    return;
                break;
            }
        }

        throw VimFaults.InvalidRequest("The SOAP envelope has no request\nwhile parsing SOAP body");
    }

    private static void Close(VimReader reader)
    {
        if (reader.NextChild())
            throw VimFaults.InvalidRequest($"Unexpected element tag \"{reader.Name}\" seen; a request is one element\nwhile parsing SOAP body");
        if (reader.NextChild())
            throw VimFaults.InvalidRequest($"Unexpected element tag \"{reader.Name}\" seen behind the body\nwhile parsing SOAP envelope");
        reader.ReadToEnd();
    }
}
