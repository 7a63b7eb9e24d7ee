using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>Reads what surrounds an answer: the SOAP 1.1 envelope, or the fault in its place.</summary>
internal static class SoapEnvelope
{
    /// <summary>Reads a whole answer.</summary>
    internal static T Read<T>(VimReader reader, string operation, Func<VimReader, T> readResponse)
    {
        Open(reader, operation);
        var response = readResponse(reader);
        Close(reader);
        return response;
    }

    /// <summary>Reads an answer part by part.</summary>
    internal static IEnumerable<T> ReadParts<T>(VimReader reader, string operation, Func<VimReader, IEnumerable<T>> readResponse)
    {
        Open(reader, operation);
        foreach (var part in readResponse(reader))
            yield return part;
        Close(reader);
    }

    /// <summary>Moves to the response element.</summary>
    /// <exception cref="VimFaultException">A fault stands in its place.</exception>
    private static void Open(VimReader reader, string operation)
    {
        reader.MoveToContent();
        if (reader.Name != "Envelope")
            throw new VimProtocolException($"the answer is a <{reader.Name}>, not a SOAP envelope");
        if (reader.Enter())
        {
            while (reader.NextChild())
            {
                if (reader.Name != "Body")
                {
                    reader.Skip();
                    continue;
                }

                if (!reader.Enter() || !reader.NextChild())
                    break;
                if (reader.Name == "Fault")
                    throw ReadFault(reader, operation);
                if (reader.Name != operation + "Response")
                    throw new VimProtocolException($"the answer is a <{reader.Name}>, not a <{operation}Response>");
                return;
            }
        }

        throw new VimProtocolException("the SOAP envelope has no content");
    }

    /// <summary>Reads on to the document's end, so that the connection can be used again.</summary>
    private static void Close(VimReader reader)
    {
        while (reader.NextChild())
            reader.Skip();
        while (reader.NextChild())
            reader.Skip();
        reader.ReadToEnd();
    }

    private static VimFaultException ReadFault(VimReader reader, string operation)
    {
        var (code, message, type) = ("", "", "");
        MethodFault? fault = null;
        if (reader.Enter())
        {
            while (reader.NextChild())
            {
                switch (reader.Name)
                {
                    case "faultcode":
                        code = reader.ReadString() ?? "";
                        break;
                    case "faultstring":
                        message = reader.ReadString()?.Trim() ?? "";
                        break;
                    case "detail":
                        (fault, type) = ReadDetail(reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        return new VimFaultException(operation, fault, type.Length > 0 ? type : code, message);
    }

    /// <summary>The detail holds one element, named after its type: <c>InvalidLoginFault</c>. Its <c>xsi:type</c> counts where there is one.</summary>
    private static (MethodFault? Fault, string Type) ReadDetail(VimReader reader)
    {
        MethodFault? fault = null;
        var type = "";
        if (!reader.Enter())
            return (fault, type);
        while (reader.NextChild())
        {
            if (fault is not null)
            {
                reader.Skip();
                continue;
            }

            var named = reader.Name.EndsWith("Fault", StringComparison.Ordinal) ? reader.Name[..^"Fault".Length] : reader.Name;
            fault = reader.ReadObject(() => VimTypes.Create(named) as MethodFault ?? new MethodFault());
            type = fault is null or { TypeName: "MethodFault" } ? named : fault.TypeName;
        }

        return (fault, type);
    }
}
