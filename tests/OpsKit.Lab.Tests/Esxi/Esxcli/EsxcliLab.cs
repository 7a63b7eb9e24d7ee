using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>A host with its esxcli, on a clock that runs as far as a command needs it to.</summary>
internal sealed class EsxcliLab : IDisposable
{
    /// <summary>Every version the lab has, with a build.</summary>
    public static readonly IReadOnlyList<(string Version, string Build)> Versions =
        [("4.1.0", "502767"), ("5.0.0", "623860"), ("5.5.0", "1623387"), ("6.7.0", "17700523"), ("7.0.3", "21424296"), ("8.0.2", "22380479")];

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _real = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    /// <param name="version">The version the host gets; null for the one it comes with.</param>
    /// <param name="size">The estate.</param>
    /// <param name="host">Its number in the estate, from 1.</param>
    public EsxcliLab(string? version = null, LabSize size = LabSize.Small, int host = 1)
    {
        Estate = EstateBuilder.Build(size, 7, new LabClock(_real, 1));
        Faults = new FaultList(Estate.Clock);
        Host = Estate.Hosts[host - 1];
        if (version is not null)
        {
            (Host.Version, Host.Build) = Versions.Single(each => each.Version == version);
            Host.Services.Clear();
            Host.Rulesets.Clear();
            Host.Options.Clear();
            HostSettings.Fill(Host);
            HostSoftware.Fill(Host, Estate.Clock.GetUtcNow());
        }

        Root = Directory.CreateTempSubdirectory("opskit-esxcli-").FullName;
    }

    public LabEstate Estate { get; }

    public LabHost Host { get; }

    public FaultList Faults { get; }

    public string Root { get; }

    /// <summary>Runs a command line; the answer must be as long in coming as lab time allows.</summary>
    public (int ExitCode, string Text) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        var running = Begin(arguments, output);
        Until(() => running.IsCompleted, TimeSpan.FromMinutes(30));
        return (running.GetAwaiter().GetResult(), Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>Runs a command line given as one string, words apart by blanks; it must succeed.</summary>
    public string Ask(string line)
    {
        var (exitCode, text) = Run(line.Split(' '));
        exitCode.ShouldBe(0, text);
        return text;
    }

    /// <summary>The same, and it must fail.</summary>
    public string Refused(string line)
    {
        var (exitCode, text) = Run(line.Split(' '));
        exitCode.ShouldBe(1, text);
        return text;
    }

    public Task<int> Begin(string[] arguments, Stream output, CancellationToken cancellationToken = default) =>
        WithoutContext(() => new EsxcliProgram(Estate, Host, Root, Faults).RunAsync(arguments, output, cancellationToken));

    /// <summary>Lets lab time pass until something is so.</summary>
    public void Until(Func<bool> isSo, TimeSpan longest)
    {
        for (var passed = TimeSpan.Zero; !isSo(); passed += Step)
        {
            passed.ShouldBeLessThan(longest);
            Pass(Step);
        }
    }

    public void Pass(TimeSpan time) => WithoutContext(() =>
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
            _real.Advance(Step);
        return true;
    });

    /// <summary>Puts a file where the host has it.</summary>
    public string Put(string path, byte[] content)
    {
        var mapped = ShellFiles.Map(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(mapped)!);
        File.WriteAllBytes(mapped, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>What waits for the clock goes on at once, on this thread.</summary>
    private static T WithoutContext<T>(Func<T> work)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
