namespace OpsKit.Vim25.Generator.Manifests;

/// <summary>Reads a manifest: one entry a line, <c>#</c> begins a comment.</summary>
internal static class ManifestParser
{
    private static readonly string[] Keywords = ["api", "session", "query", "change", "property", "subtype", "subtypes"];

    internal static Manifest Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GeneratorException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    internal static Manifest Parse(string path, IReadOnlyList<string> lines)
    {
        string? apiVersion = null;
        var operations = new List<OperationEntry>();
        var properties = new List<PropertyEntry>();
        var subtypes = new List<SubtypeEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var words = lines[i].Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;

            var line = i + 1;
            if (!Keywords.Contains(words[0], StringComparer.Ordinal))
                throw Error(path, line, $"\"{words[0]}\" is not a keyword{NearestName.Hint(words[0], Keywords)}; known: {string.Join(", ", Keywords)}");
            if (words.Length < (words[0] == "property" ? 3 : 2))
                throw Error(path, line, $"\"{words[0]}\" needs a name after it");

            foreach (var name in words[0] == "property" ? words.Skip(2).Select(property => $"{words[1]} {property}") : words.Skip(1))
            {
                if (!seen.TryAdd($"{words[0]} {name}", line))
                    throw Error(path, line, $"\"{words[0]} {name}\" stands on line {seen[$"{words[0]} {name}"]} already");
            }

            switch (words[0])
            {
                case "api" when apiVersion is null && words.Length == 2:
                    apiVersion = words[1];
                    break;
                case "api":
                    throw Error(path, line, "one line \"api VERSION\" says which API version the WSDL is of");
                case "property":
                    properties.AddRange(words.Skip(2).Select(property => new PropertyEntry(words[1], property, line)));
                    break;
                case "subtype" or "subtypes":
                    subtypes.AddRange(words.Skip(1).Select(type => new SubtypeEntry(type, words[0] == "subtypes", line)));
                    break;
                default:
                    operations.AddRange(words.Skip(1).Select(name => Operation(path, line, words[0], name)));
                    break;
            }
        }

        if (apiVersion is null)
            throw Error(path, lines.Count, "a line \"api VERSION\" is missing: which API version is the WSDL of?");
        return new Manifest(path, apiVersion, operations, properties, subtypes);
    }

    private static OperationEntry Operation(string path, int line, string keyword, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == name.Length - 1)
            throw Error(path, line, $"\"{name}\" is not an operation; write ObjectType.Operation, such as VirtualMachine.ReconfigVM_Task");
        var kind = keyword switch { "session" => OperationKind.Session, "query" => OperationKind.Query, _ => OperationKind.Change };
        return new OperationEntry(kind, name[..dot], name[(dot + 1)..], line);
    }

    private static GeneratorException Error(string path, int line, string message) => new($"{path}:{line}: {message}.");
}
