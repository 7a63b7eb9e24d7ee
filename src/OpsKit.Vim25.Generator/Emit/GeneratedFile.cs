namespace OpsKit.Vim25.Generator.Emit;

/// <summary>A file to write, its path relative to the output folder with forward slashes.</summary>
internal sealed record GeneratedFile(string Path, string Content);
