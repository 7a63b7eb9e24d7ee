using System.Text;
using OpsKit.Vim25.Generator.Emit;

namespace OpsKit.Vim25.Generator;

/// <summary>The folder the generated files live in; it holds nothing else.</summary>
internal sealed class OutputFolder(string path)
{
    private const string Mark = "Made by OpsKit.Vim25.Generator";

    /// <summary>Writes what differs and removes what is generated no more.</summary>
    /// <exception cref="GeneratorException">The folder holds a file that no generator made; nothing was touched.</exception>
    internal int Write(IReadOnlyList<GeneratedFile> files)
    {
        if (Stale(files).FirstOrDefault(file => !IsGenerated(file)) is { } strange)
            throw new GeneratorException($"{Path.Combine(path, strange)}: is not generated, and --output is for a folder that holds nothing else.");
        var differing = Differences(files).ToArray();
        foreach (var file in files.Where(file => differing.Contains(file.Path, StringComparer.Ordinal)))
        {
            var target = Path.Combine(path, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, file.Content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        foreach (var stale in Stale(files))
            File.Delete(Path.Combine(path, stale));
        return differing.Length;
    }

    /// <summary>The paths of files that are missing, stale or different.</summary>
    internal IEnumerable<string> Differences(IReadOnlyList<GeneratedFile> files) => files
        .Where(file => !File.Exists(Path.Combine(path, file.Path)) || File.ReadAllText(Path.Combine(path, file.Path)).ReplaceLineEndings("\n") != file.Content)
        .Select(file => file.Path)
        .Concat(Stale(files));

    private string[] Stale(IReadOnlyList<GeneratedFile> files)
    {
        if (!Directory.Exists(path))
            return [];
        var wanted = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
            .Where(file => !wanted.Contains(file))
            .ToArray();
    }

    private bool IsGenerated(string file)
    {
        using var reader = new StreamReader(Path.Combine(path, file));
        return reader.ReadLine()?.Contains(Mark, StringComparison.Ordinal) == true;
    }
}
