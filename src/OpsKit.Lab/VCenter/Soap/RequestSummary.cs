using System.Text;
using System.Xml;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>A request's parameters on one line, for the log: <c>spec.changeTrackingEnabled=true</c>.</summary>
internal static class RequestSummary
{
    private const int Longest = 300;

    internal static string Of(VimRequest request)
    {
        if (request is LoginRequest login)
            return $"userName={login.UserName}";
        if (request.Kind != OperationKind.Change)
            return "";
        using var body = new MemoryStream();
        using (var writer = VimWriter.Create(body))
            writer.WriteEnvelope(request);
        body.Position = 0;
        using var reader = XmlReader.Create(body);
        return Leaves(reader);
    }

    private static string Leaves(XmlReader reader)
    {
        var summary = new StringBuilder();
        var path = new List<string>();
        while (reader.Read() && summary.Length < Longest)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !reader.IsEmptyElement:
                    path.Add(reader.LocalName);
                    break;
                case XmlNodeType.EndElement:
                    path.RemoveAt(path.Count - 1);
                    break;
                case XmlNodeType.Text when path is [_, _, _, not "_this", ..]:
                    summary.Append(summary.Length > 0 ? " " : "").AppendJoin('.', path.Skip(3)).Append('=').Append(reader.Value);
                    break;
            }
        }

        return summary.Length <= Longest ? summary.ToString() : summary.ToString(0, Longest) + "…";
    }
}
