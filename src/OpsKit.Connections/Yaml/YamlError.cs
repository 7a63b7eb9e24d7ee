namespace OpsKit.Connections.Yaml;

/// <summary>Something wrong in a YAML file.</summary>
/// <param name="File">The file, as the operator named it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record YamlError(string File, long Line, long Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, as compilers write it and editors follow it.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
