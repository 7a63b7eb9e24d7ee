namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Tells assignments from other words.</summary>
internal static class Assignments
{
    /// <summary>The assignment a word is; null where it is none.</summary>
    public static Assignment? Of(Word word)
    {
        if (word.Parts is not [TextPart { Quoted: false } first, ..])
            return null;
        var equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            return null;
        var name = first.Text[..equals];
        if (!ShellNames.IsName(name))
            return null;
        var rest = first.Text[(equals + 1)..];
        var parts = word.Parts.Skip(1);
        return new Assignment(name, new Word(rest.Length > 0 ? [new TextPart(rest, Quoted: false), .. parts] : [.. parts]));
    }
}
