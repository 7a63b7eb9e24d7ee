namespace OpsKit.Cli.Terminals;

/// <summary>Columns and lines of a screen.</summary>
internal sealed record ScreenSize(int Width, int Height);
