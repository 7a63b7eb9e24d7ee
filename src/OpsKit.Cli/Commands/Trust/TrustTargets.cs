using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>Finds the endpoints a trust command is about: a name of the inventory, or <c>--server</c> and <c>--host</c>.</summary>
internal static class TrustTargets
{
    public static IReadOnlyList<TrustSubject> Find(CommandContext context, string? name, string verb)
    {
        if (name is null && !context.Settings.IsAdHoc)
        {
            throw new OpsKitException(
                FailureKind.Usage, $"opskit trust {verb} needs the name of an endpoint", next: $"opskit trust {verb} NAME, or --server NAME, or --host NAME");
        }

        var estate = context.LoadEstate();
        IEnumerable<Endpoint> endpoints = name is null ? estate.Endpoints : [estate.Find(name) ?? throw Unknown(estate, name, verb)];
        return [.. endpoints.SelectMany(TrustSubject.Of)];
    }

    private static OpsKitException Unknown(Estate estate, string name, string verb) => new(
        FailureKind.Usage,
        $"there is no endpoint {name} in {estate.Source}",
        next: Nearest.To(name, estate.Endpoints.Select(endpoint => endpoint.Name)) is { } meant
            ? $"did you mean {meant}?"
            : $"opskit inventory show lists the names; opskit trust {verb} --server {name} needs none");
}
