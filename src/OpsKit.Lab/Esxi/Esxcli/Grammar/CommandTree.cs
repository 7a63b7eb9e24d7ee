using System.Collections.Concurrent;
using OpsKit.Lab.Esxi.Esxcli.Commands;

namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>The commands one version has, by namespace.</summary>
internal sealed class CommandTree
{
    private static readonly ConcurrentDictionary<Version, CommandTree> Known = new();

    private readonly Dictionary<string, EsxcliCommand> _commands;

    private CommandTree(Version version) =>
        _commands = AllCommands.List.Where(command => command.IsOf(version)).ToDictionary(command => command.Path, StringComparer.Ordinal);

    public static CommandTree Of(Version version) => Known.GetOrAdd(version, of => new CommandTree(of));

    public IEnumerable<EsxcliCommand> Commands => _commands.Values.OrderBy(command => command.Namespace, StringComparer.Ordinal).ThenBy(command => command.Verb, StringComparer.Ordinal);

    /// <summary>Splits a command line into the words that name a command or namespace and the options behind them.</summary>
    public static (string Path, IReadOnlyList<string> Options) Split(IReadOnlyList<string> arguments)
    {
        var words = arguments.TakeWhile(argument => !argument.StartsWith('-')).ToList();
        return (string.Join(' ', words), [.. arguments.Skip(words.Count)]);
    }

    public EsxcliCommand? Find(string path) => _commands.GetValueOrDefault(path);

    public bool HasNamespace(string path) => _commands.Values.Any(command => IsIn(command.Namespace, path));

    /// <summary>The namespaces directly below one; of the whole for an empty path.</summary>
    public IEnumerable<string> NamespacesBelow(string path) => _commands.Values
        .Where(command => IsIn(command.Namespace, path) && command.Namespace.Length > path.Length)
        .Select(command => command.Namespace[(path.Length == 0 ? 0 : path.Length + 1)..].Split(' ')[0])
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public IEnumerable<EsxcliCommand> CommandsIn(string path) => Commands.Where(command => command.Namespace == path);

    private static bool IsIn(string inner, string outer) => outer.Length == 0 || inner == outer || inner.StartsWith(outer + " ", StringComparison.Ordinal);
}
