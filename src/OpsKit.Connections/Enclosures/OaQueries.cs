using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Enclosures;

/// <summary>The reading side of an enclosure's Onboard Administrators: it asks the active one what is declared to read, and nothing else.</summary>
public sealed class OaQueries
{
    private readonly OnboardAdministrators _administrators;
    private readonly XmlDataClient? _xmlData;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="administrators">The Onboard Administrators.</param>
    /// <param name="xmlData">Fetches what they tell without a login; null for not at all.</param>
    public OaQueries(OnboardAdministrators administrators, XmlDataClient? xmlData = null) => (_administrators, _xmlData) = (administrators, xmlData);

    /// <summary>The enclosure's name in the inventory.</summary>
    public string Name => _administrators.Endpoint.Name;

    /// <summary>Asks the active one with a <c>SHOW</c>.</summary>
    /// <param name="show">Such as <c>SHOW INTERCONNECT STATUS ALL</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OpsKitException">As <see cref="OnboardAdministrators.AskAsync"/>, and where the command is not known to read only (Usage).</exception>
    public Task<string> AskAsync(string show, CancellationToken cancellationToken) => _administrators.AskAsync(ReadingCommand.Device(show), cancellationToken);

    /// <summary>What the active one tells over HTTPS, where it is set to.</summary>
    /// <exception cref="OpsKitException">As <see cref="OnboardAdministrators.AskAsync"/>; that there is no such document is an answer, not an exception.</exception>
    public async Task<XmlDataAnswer> XmlDataAsync(CancellationToken cancellationToken)
    {
        var active = await _administrators.ActiveEndpointAsync(cancellationToken).ConfigureAwait(false);
        return _xmlData is null
            ? new XmlDataAnswer(ReadOnlyMemory<byte>.Empty, "this run fetches nothing over HTTPS")
            : await _xmlData.FetchAsync(active, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The address of the active one.</summary>
    /// <exception cref="OpsKitException">As <see cref="OnboardAdministrators.AskAsync"/>.</exception>
    public async Task<string> ActiveAddressAsync(CancellationToken cancellationToken) =>
        (await _administrators.ActiveEndpointAsync(cancellationToken).ConfigureAwait(false)).Address;
}
