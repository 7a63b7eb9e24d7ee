using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>Which port leads where, from all sources that tell: <c>xmldata</c>, whose form is certain, and the command line, which knows FlexNICs.</summary>
/// <param name="Links">One for each MAC address, and those without one.</param>
/// <param name="Contradictions">What sources say differently.</param>
internal sealed record PortMaps(IReadOnlyList<PortLink> Links, IReadOnlyList<string> Contradictions)
{
    /// <summary>Asks all of them.</summary>
    /// <returns>The links, why sources were left out, and the document where there is one.</returns>
    public static async Task<(PortMaps Maps, IReadOnlyList<string> Notes, XmlData? Xml)> ReadAsync(OaQueries queries, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var xml = await XmlAsync(queries, notes, cancellationToken).ConfigureAwait(false);
        var servers = await TextAsync(queries, "SHOW SERVER PORT MAP ALL", PortMapTexts.OfServers, notes, cancellationToken).ConfigureAwait(false);
        var interconnects = await TextAsync(queries, "SHOW INTERCONNECT PORT MAP ALL", PortMapTexts.OfInterconnects, notes, cancellationToken).ConfigureAwait(false);
        return (Merge([servers, xml?.Ports ?? [], interconnects]), notes, xml);
    }

    /// <summary>One link for each MAC address, named by the first source that has it.</summary>
    public static PortMaps Merge(IReadOnlyList<IReadOnlyList<PortLink>> sources)
    {
        var links = new Dictionary<string, PortLink>(StringComparer.Ordinal);
        var contradictions = new List<string>();
        foreach (var link in sources.SelectMany(source => source).Where(link => link.Mac is not null))
        {
            if (!links.TryAdd(link.Mac!, link) && links[link.Mac!] is var first && (first.Module, first.Blade) != (link.Module, link.Blade))
                contradictions.Add($"{link.Mac} leads from blade {first.Blade} to module {first.Module} by one port map, from blade {link.Blade} to module {link.Module} by another");
        }

        return new PortMaps([.. links.Values.OrderBy(link => link.Blade).ThenBy(link => link.Module).ThenBy(link => link.Port, StringComparer.Ordinal)], contradictions);
    }

    private static async Task<XmlData?> XmlAsync(OaQueries queries, List<string> notes, CancellationToken cancellationToken)
    {
        var answer = await queries.XmlDataAsync(cancellationToken).ConfigureAwait(false);
        if (answer.WhyNot is { } reason)
        {
            notes.Add($"xmldata was not read: {reason}");
            return null;
        }

        try
        {
            return XmlDataText.Read(answer.Document);
        }
        catch (OpsKitException failure) when (failure.Unreadable)
        {
            notes.Add($"xmldata was not used: {failure.What}");
            return null;
        }
    }

    private static async Task<IReadOnlyList<PortLink>> TextAsync(
        OaQueries queries, string command, Func<string, IReadOnlyList<PortLink>> read, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            return read(await queries.AskAsync(command, cancellationToken).ConfigureAwait(false));
        }
        catch (OpsKitException failure) when (failure.Unreadable)
        {
            notes.Add(failure.What);
            return [];
        }
    }
}
