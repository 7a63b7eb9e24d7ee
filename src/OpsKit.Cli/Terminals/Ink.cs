namespace OpsKit.Cli.Terminals;

/// <summary>A text style of the 16-colour set, which every terminal theme keeps readable.</summary>
internal sealed record Ink(string Code, string SpectreStyle)
{
    public static Ink Red { get; } = new("31", "red");
    public static Ink Green { get; } = new("32", "green");
    public static Ink Yellow { get; } = new("33", "yellow");
    public static Ink Cyan { get; } = new("36", "teal");
    public static Ink Dim { get; } = new("2", "dim");
    public static Ink Bold { get; } = new("1", "bold");

    public string Around(string text) => $"\u001b[{Code}m{text}\u001b[0m";
}
