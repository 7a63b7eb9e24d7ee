using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>The options of <c>opskit trust add</c>.</summary>
/// <param name="Fingerprint">The SHA-256 the operator expects, or null.</param>
/// <param name="Yes">Trust without a question.</param>
internal sealed record TrustAddOptions(string? Fingerprint, bool Yes);

/// <summary><c>opskit trust add</c>: shows what an endpoint presents and trusts it if a person, or a known fingerprint, says so.</summary>
internal static class AddCommand
{
    public static OpsCommand Create()
    {
        var name = new EndpointArgument("Endpoint of the inventory; or give --server or --host");
        var fingerprint = new Option<string?>("--fingerprint")
        {
            HelpName = "SHA256",
            Description = "Trust only this SHA-256 (hex, or SHA256:… of an SSH key); asks nothing",
        };
        var yes = new Option<bool>("--yes") { Description = "Trust what is presented without a question; never in place of a key that changed" };
        return new OpsCommand("add", "Show an endpoint's certificate or host key and trust it")
        {
            Details =
                """
                Fetches the certificate of a vCenter, or the SSH host key of a host, shows it and
                asks. Compare the SHA-256 with the one on the endpoint's own console: what comes
                over the same wire proves nothing. Off a terminal nobody can be asked: give
                --fingerprint with the value you know, or --yes.
                """,
            Arguments = { name },
            Options = { fingerprint, yes },
            UsesEndpoints = true,
            Examples =
            [
                new Example("opskit trust add vc1", "look, compare, answer"),
                new Example("opskit trust add --server vcenter1.example.com --fingerprint 3F:0A:…:9C", "in a script, with a value you know"),
                new Example("opskit trust add --host esx01 --yes", "in a lab, where an impostor is no worry"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
            Handler = (parsed, context, ct) => RunAsync(
                context, TrustTargets.Find(context, parsed.GetValue(name), "add"), new TrustAddOptions(parsed.GetValue(fingerprint), parsed.GetValue(yes)), ct),
        };
    }

    private static async Task<int> RunAsync(CommandContext context, IReadOnlyList<TrustSubject> subjects, TrustAddOptions options, CancellationToken ct)
    {
        if (options.Fingerprint is not null && subjects.Count > 1)
            throw new OpsKitException(FailureKind.Usage, $"one --fingerprint cannot stand for {subjects.Count} keys", next: "opskit trust add, once for each --server or --host");

        var door = context.Doors.Trust(context);
        foreach (var subject in subjects)
        {
            var presented = await door.FetchAsync(subject, ct);
            var known = door.Find(subject);
            if (known.Count > 0 && presented.All(entry => known.Any(old => old.Fingerprint == entry.Fingerprint)))
            {
                context.Terminal.Say($"{subject.Address}: its {subject.Kind} is trusted already");
                continue;
            }

            Show(context, subject, presented, known);
            var trusted = Decide(context, subject, presented, changed: known.Count > 0, options);
            await door.TrustAsync(subject, trusted, ct);
            context.Terminal.Say($"{subject.Address}: its {subject.Kind} is trusted now");
        }

        return Cli.ExitCodes.Done;
    }

    private static void Show(CommandContext context, TrustSubject subject, IReadOnlyList<TrustEntry> presented, IReadOnlyList<TrustEntry> known)
    {
        foreach (var entry in presented)
        {
            var width = entry.Facts.Max(fact => fact.Label.Length);
            context.Terminal.Say($"{subject.Address} presents this {entry.Kind}:");
            foreach (var (label, value) in entry.Facts)
                context.Terminal.Say($"  {label.PadRight(width)}  {SafeText.Line(value)}");
        }

        foreach (var old in known)
            context.Terminal.Warn($"it is not the {old.Kind} trusted until now{(old.Added is { } day ? $", since {day:yyyy-MM-dd}" : "")}: {old.Fingerprint}");
    }

    /// <summary>The entries to trust.</summary>
    /// <exception cref="OpsKitException">None is.</exception>
    private static IReadOnlyList<TrustEntry> Decide(
        CommandContext context, TrustSubject subject, IReadOnlyList<TrustEntry> presented, bool changed, TrustAddOptions options)
    {
        if (options.Fingerprint is { } expected)
        {
            var same = presented.Where(entry => IsSame(expected, entry)).ToList();
            return same.Count > 0
                ? same
                : throw new OpsKitException(
                    FailureKind.TrustRefused, $"the {subject.Kind} presented is not the one of --fingerprint", subject.Address, "find out who answers there before anything else");
        }

        if (options.Yes && !changed)
            return presented;
        if (!context.Terminal.Capabilities.Interactive)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                changed ? $"the {subject.Kind} changed, and nobody is here to be asked; --yes does not cover that" : $"nobody is here to be asked whether to trust this {subject.Kind}",
                subject.Address,
                $"add --fingerprint {presented[0].Fingerprint} once you have compared it");
        }

        return context.Terminal.Confirm($"Trust this {subject.Kind} for {subject.Address}{(changed ? " in place of the old one" : "")}?")
            ? presented
            : throw new OpsKitException(FailureKind.TrustRefused, "not trusted", subject.Address);
    }

    private static bool IsSame(string expected, TrustEntry entry) => entry.Kind == TrustEntry.Certificate
        ? Thumbprint.TryNormalize(expected, out var thumbprint, out _) && string.Equals(thumbprint, Plain(entry.Fingerprint), StringComparison.OrdinalIgnoreCase)
        : string.Equals(WithPrefix(expected), entry.Fingerprint, StringComparison.Ordinal);

    private static string Plain(string fingerprint) => fingerprint.Replace(":", "", StringComparison.Ordinal);

    private static string WithPrefix(string fingerprint) =>
        (fingerprint.StartsWith("SHA256:", StringComparison.Ordinal) ? fingerprint : "SHA256:" + fingerprint).TrimEnd('=');
}
