using System.Xml;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.Esxcli;

/// <summary>What a command of <c>esxcli</c> answered, in whichever of its formats.</summary>
/// <param name="Records">The things it tells of.</param>
/// <param name="Text">What it said where that is a single word or line; else null.</param>
internal sealed record EsxcliAnswer(IReadOnlyList<EsxcliRecord> Records, string? Text)
{
    /// <summary>The one thing, or the first of several; null where it tells of none.</summary>
    public EsxcliRecord? First => Records is [var first, ..] ? first : null;

    /// <summary>Reads an answer; errors of <c>esxcli</c> are none (<see cref="EsxcliFailure"/>).</summary>
    /// <exception cref="FormatException">It is damaged or incomplete.</exception>
    public static EsxcliAnswer Read(string output)
    {
        if (!output.AsSpan().TrimStart().StartsWith("<"))
            return EsxcliText.Read(output);
        try
        {
            return EsxcliXml.Read(output);
        }
        catch (XmlException broken)
        {
            throw new FormatException($"the XML is damaged: {broken.Message}", broken);
        }
    }

    /// <summary>Reads what a command of a batch answered.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="what">What was asked for, for errors: <c>the VIBs</c>.</param>
    /// <param name="host">The host.</param>
    /// <exception cref="OpsKitException">The host refused, or the answer is damaged: nothing of it is used.</exception>
    public static EsxcliAnswer Of(ReadingResult result, string what, string host)
    {
        if (!result.Succeeded)
            throw EsxcliFailure.Parse(result.Output).ToException($"{what} cannot be read", host);
        try
        {
            return Read(result.Output);
        }
        catch (FormatException damaged)
        {
            throw new OpsKitException(FailureKind.Failed, $"{what} cannot be read: {damaged.Message}", host, innerException: damaged);
        }
    }
}
