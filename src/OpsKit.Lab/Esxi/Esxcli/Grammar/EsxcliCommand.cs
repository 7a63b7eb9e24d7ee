using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>A command of esxcli: where it is found, what it takes, which versions have it, and what it does.</summary>
/// <param name="Namespace">The words before it, such as <c>network nic</c>.</param>
/// <param name="Verb">Its own name, such as <c>list</c>.</param>
/// <param name="Help">What it does.</param>
internal sealed record EsxcliCommand(string Namespace, string Verb, string Help)
{
    private static readonly Version FirstWithMost = new(5, 0);

    public IReadOnlyList<EsxcliOption> Options { get; init; } = [];

    /// <summary>The first version that has it.</summary>
    public Version Since { get; init; } = FirstWithMost;

    /// <summary>The first version that has it no more; null while all later ones do.</summary>
    public Version? Before { get; init; }

    /// <summary>Whether text shows a table; else blocks.</summary>
    public bool IsTable { get; init; }

    /// <summary>Whether it changes the host. What only reads does not.</summary>
    public bool Changes { get; init; }

    /// <summary>Does it, without the gate.</summary>
    public Func<EsxcliCall, Task<EsxcliValue>> Runs { get; init; } = _ => Task.FromResult(EsxcliValue.Done);

    /// <summary>Reads the estate under its gate.</summary>
    public Func<EsxcliCall, EsxcliValue> Reads
    {
        init => Runs = call => Task.FromResult(call.UnderGate(value));
    }

    /// <summary>Changes the host under the gate, and says so to all who watch it.</summary>
    public Func<EsxcliCall, EsxcliValue> Writes
    {
        init
        {
            Changes = true;
            Runs = call => Task.FromResult(call.UnderGate(changing =>
            {
                var answer = value(changing);
                changing.Estate.Touch(changing.Host);
                return answer;
            }));
        }
    }

    public string Path => $"{Namespace} {Verb}";

    public bool IsOf(Version version) => version >= Since && (Before is null || version < Before);
}
