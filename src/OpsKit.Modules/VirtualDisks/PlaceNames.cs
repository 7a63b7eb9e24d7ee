using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>The names of a vCenter's datastores and hosts by their ids: machines name both by id alone. Two retrievals, whatever the number of machines.</summary>
/// <param name="datastores">Names of datastores by id.</param>
/// <param name="hosts">Names of hosts by id.</param>
internal sealed class PlaceNames(IReadOnlyDictionary<string, string> datastores, IReadOnlyDictionary<string, string> hosts)
{
    /// <summary>Knows no names.</summary>
    public static PlaceNames None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    public static async Task<PlaceNames> ReadAsync(VSphereQueries queries, CancellationToken cancellationToken) => new(
        await OfAsync(queries, PropertyCollectorQuery.All("Datastore", DatastoreProperties.Name), DatastoreProperties.Name, cancellationToken).ConfigureAwait(false),
        await OfAsync(queries, PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name), HostSystemProperties.Name, cancellationToken).ConfigureAwait(false));

    /// <summary>A datastore's name; where it is not to be seen, what the file's own name says (<c>[ds01] …</c>), else its id.</summary>
    public string? Datastore(string? id, string? fileName) =>
        (id is null ? null : datastores.GetValueOrDefault(id)) ?? InFileName(fileName) ?? id;

    public string? Host(string? id) => id is null ? null : hosts.GetValueOrDefault(id) ?? id;

    private static string? InFileName(string? fileName) =>
        fileName is ['[', ..] && fileName.IndexOf("] ", StringComparison.Ordinal) is > 1 and var end ? fileName[1..end] : null;

    private static async Task<IReadOnlyDictionary<string, string>> OfAsync(
        VSphereQueries queries, PropertyCollectorQuery query, PropertyPath<string> name, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
            names[found.Reference.Value] = EntityName.Plain(found.Get(name)) ?? found.Reference.Value;
        return names;
    }
}
