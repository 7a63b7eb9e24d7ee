using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>The completion scripts in the shells they are for. PowerShell is not to be had from Debian; its script is only read.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-completion-").FullName;

    public CompletionTests() => File.WriteAllText(
        Path.Combine(_folder, "opskit.yaml"),
        "credentials:\n  c: { user: u, password: prompt }\nvcenters:\n  vc-berlin: { address: vc1, credential: c }\n  vc-paris: { address: vc2, credential: c }\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("opskit lic", "license")]
    [InlineData("opskit license v", "vram")]
    [InlineData("opskit license vram --by ", "pool host vm key")]
    [InlineData("opskit about --lim", "--limit")]
    [InlineData("opskit about --limit vc-", "vc-berlin vc-paris")]
    [InlineData("opskit trust add vc-b", "vc-berlin")]
    [InlineData("opskit license vram --password en", "env:")]
    public async Task Bash_offers(string line, string words)
    {
        var offered = await RunAsync(
            "bash",
            $$"""
            source <(opskit completion bash)
            compopt() { :; }
            COMP_LINE={{Quoted(line)}} COMP_POINT=${#COMP_LINE}
            _opskit
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        offered.ShouldBe(words.Split(' '), ignoreOrder: true);
    }

    [Theory]
    [InlineData("opskit lic", "license")]
    [InlineData("opskit license vram --by ", "pool host vm key")]
    [InlineData("opskit trust add vc-", "vc-berlin vc-paris")]
    public async Task Fish_offers(string line, string words)
    {
        var offered = await RunAsync("fish", $"opskit completion fish | source; complete -C {Quoted(line)}");

        offered.Select(word => word.Split('\t')[0]).ShouldBe(words.Split(' '), ignoreOrder: true);
    }

    [Theory]
    [InlineData("license v", "vram")]
    [InlineData("trust add vc-b", "vc-berlin")]
    public async Task Zsh_completes_the_word_at_the_cursor(string begun, string whole)
    {
        // A zsh of its own on a pseudo terminal: the line is begun, Tab pressed, and the line as it stands then written down.
        var offered = await RunAsync(
            "zsh",
            $$"""
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z 'PS1=; unsetopt beep; autoload -Uz compinit; compinit -u -d {{_folder}}/dump; source <(opskit completion zsh); show() { print -r -- "LINE<$BUFFER>"; BUFFER=; zle accept-line }; zle -N show; bindkey "^X" show; print REA''DY'
            zpty -r z said '*READY*'
            zpty -w -n z $'opskit {{begun}}\t\C-x'
            zpty -r z said '*LINE<*>*'
            print -r -- ${${said##*LINE<}%%>*}
            """);

        offered.ShouldHaveSingleItem().Trim().ShouldStartWith($"opskit {begun[..begun.LastIndexOf(' ')]} {whole}");
    }

    [Fact]
    public async Task PowerShell_script_asks_the_program()
    {
        var script = string.Join('\n', await RunAsync("bash", "opskit completion pwsh"));

        script.ShouldContain("Register-ArgumentCompleter -Native -CommandName opskit");
        script.ShouldContain("$cursorPosition - $commandAst.Extent.StartOffset");
        script.ShouldContain("opskit __complete $line");
        foreach (var (open, close) in new[] { ('{', '}'), ('(', ')'), ('[', ']') })
            script.Count(character => character == open).ShouldBe(script.Count(character => character == close));
        // Every variable it reads is one it was given or made.
        System.Text.RegularExpressions.Regex.Matches(script, "\\$([A-Za-z_]+)").Select(match => match.Groups[1].Value).Distinct()
            .ShouldBe(["wordToComplete", "commandAst", "cursorPosition", "end", "line", "null", "value", "description", "_"], ignoreOrder: true);
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task<string[]> RunAsync(string shell, string script)
    {
        var (status, output, error) = await Shell.TryAsync(
            "env", "-C", _folder, $"PATH={AppContext.BaseDirectory}:/usr/bin:/bin", $"HOME={_folder}", $"OPSKIT_CONFIG_DIR={_folder}", $"OPSKIT_STATE_DIR={_folder}", "TERM=xterm",
            shell, "-c", script);
        status.ShouldBe(0, error);
        return output.TrimEnd('\n').Split('\n');
    }
}
