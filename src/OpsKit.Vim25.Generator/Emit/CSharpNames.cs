using System.Text;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>Wire names as C# names.</summary>
internal static class CSharpNames
{
    /// <summary>Members that every data object has already.</summary>
    private static readonly string[] Taken = ["TypeName", "IsUnknownSubtype", "WireTypeName", "GetType", "ToString", "Equals", "GetHashCode"];

    private static readonly string[] EnumTaken = ["Value", "IsKnown", "FromText", "GetType", "ToString", "Equals", "GetHashCode"];

    private static readonly string[] Keywords =
    [
        "abstract", "base", "bool", "break", "case", "char", "checked", "class", "default", "delegate", "do", "double", "else", "enum", "event", "false",
        "fixed", "float", "for", "if", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "ref", "return", "short", "static", "string", "switch", "this", "throw", "true", "try", "void",
    ];

    /// <summary>A property's name; one that would equal its class or hide a member of the base ends in <c>Value</c>.</summary>
    internal static string Property(string wireName, string owner)
    {
        var name = Pascal(wireName);
        return name == owner || Taken.Contains(name) ? name + "Value" : name;
    }

    internal static string EnumMember(string value, string owner)
    {
        var name = Pascal(value);
        return name == owner || EnumTaken.Contains(name) ? name + "Value" : name;
    }

    /// <summary>An operation's name, without the underscore of <c>…_Task</c>.</summary>
    internal static string Operation(string name) => Pascal(name);

    internal static string Parameter(string wireName)
    {
        var name = char.ToLowerInvariant(wireName[0]) + wireName[1..];
        return Keywords.Contains(name) ? "@" + name : name;
    }

    /// <summary>Upper-cases the first letter of every part between characters that a C# name cannot hold.</summary>
    internal static string Pascal(string text)
    {
        var name = new StringBuilder(text.Length);
        var upper = true;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            name.Insert(0, '_');
        return name.ToString();
    }
}
