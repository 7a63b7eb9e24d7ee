namespace OpsKit.PeerTests.Lab;

/// <summary>What curl was answered, the final answer where there were several.</summary>
internal sealed record CurlAnswer(string Version, int Status, IReadOnlyDictionary<string, string> Headers, string Body, string Said)
{
    /// <summary>A header; empty where there is none.</summary>
    public string this[string name] => Headers.GetValueOrDefault(name, "");

    public static CurlAnswer Of(string head, string body, string said)
    {
        var lines = head.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries)[^1].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        return new CurlAnswer(first[0], int.Parse(first[1]), headers, body, said);
    }
}
