namespace OpsKit.Cli.Commands.Trust;

/// <summary><c>opskit trust remove</c>: forgets an endpoint's certificate and host keys.</summary>
internal static class RemoveCommand
{
    public static OpsCommand Create()
    {
        var name = new EndpointArgument("Endpoint of the inventory; or give --server or --host");
        return new OpsCommand("remove", "Forget an endpoint's certificate or host key")
        {
            Arguments = { name },
            UsesEndpoints = true,
            Examples =
            [
                new Example("opskit trust remove vc1", "an endpoint of the inventory"),
                new Example("opskit trust remove --host esx01:22", "an SSH host by its address"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
            Handler = async (parsed, context, ct) =>
            {
                var subjects = TrustTargets.Find(context, parsed.GetValue(name), "remove");
                var door = context.Doors.Trust(context);
                foreach (var subject in subjects)
                {
                    var removed = await door.RemoveAsync(subject, ct);
                    context.Terminal.Say(removed == 0 ? $"{subject.Address}: no {subject.Kind} was trusted" : $"{subject.Address}: its {subject.Kind} is no longer trusted");
                }

                return Cli.ExitCodes.Done;
            },
        };
    }
}
