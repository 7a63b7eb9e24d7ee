using System.IO.Pipelines;
using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Esxi;

/// <summary>Somebody types on a host.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task Prompt_names_user_host_and_folder_since_6_and_the_folder_before()
    {
        await using var lab = new TinyEsxi(LabSize.Field);
        await using var old = new Typist(lab, lab.HostOf("5.0"));
        await old.SeeAsync("~ # ");
        await old.TypeAsync("cd /tmp\r");
        await old.SeeAsync("/tmp # ");

        await using var small = new TinyEsxi();
        await using var recent = new Typist(small, small.HostOf("8.0"));
        await recent.SeeAsync("[root@esx01:~] ");
        await recent.TypeAsync("cd /tmp\r");
        await recent.SeeAsync("[root@esx01:/tmp] ");
    }

    [Fact]
    public async Task Line_is_echoed_and_can_be_mended_and_continued()
    {
        await using var lab = new TinyEsxi();
        await using var typist = new Typist(lab, lab.Estate.Hosts[0]);
        await typist.SeeAsync("~] ");

        await typist.TypeAsync("echx\bo 'a\r");
        await typist.SeeAsync("echx\b \bo 'a\r\n> ");
        await typist.TypeAsync("b'\r");

        await typist.SeeAsync("b'\r\na\r\nb\r\n[root@esx01:~] ");
        await typist.TypeAsync("fi\r");
        await typist.SeeAsync("-sh: syntax error: unexpected \"fi\"\r\n[root@esx01:~] ");
        await typist.TypeAsync("nosuch; exit 3\r");
        await typist.SeeAsync("-sh: nosuch: not found\r\n");
        (await typist.EndAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Interrupt_ends_what_runs_and_not_the_shell()
    {
        await using var lab = new TinyEsxi();
        await using var typist = new Typist(lab, lab.Estate.Hosts[0]);
        await typist.SeeAsync("~] ");
        await typist.TypeAsync("sleep 1000000\r");
        await Eventually.TrueAsync(async () => (await lab.RunAsync("ps | grep -c '[s]leep 1000000$'")).Output == "1\n", "it sleeps");

        await typist.TypeAsync("\u0003");
        await typist.SeeAsync("^C\r\n[root@esx01:~] ");
        await typist.TypeAsync("while :; do :; done\r");
        await typist.TypeAsync("\u0003");
        await typist.SeeAsync("done\r\n^C\r\n[root@esx01:~] ");
        await typist.TypeAsync("\u0004");
        (await typist.EndAsync()).ShouldBe(130);
    }

    [Fact]
    public async Task Command_reads_what_is_typed_while_it_runs()
    {
        await using var lab = new TinyEsxi();
        await using var typist = new Typist(lab, lab.Estate.Hosts[0]);
        await typist.SeeAsync("~] ");

        await typist.TypeAsync("read x; echo \"<$x>\"\rtyped\r");

        await typist.SeeAsync("<typed>\r\n[root@esx01:~] ");
    }

    [Fact]
    public async Task Esxtop_shows_who_uses_which_nic_until_it_is_quit()
    {
        await using var lab = new TinyEsxi(LabSize.Field);
        var host = lab.HostOf("5.0");
        await using var typist = new Typist(lab, host);
        await typist.SeeAsync("~ # ");

        await typist.TypeAsync("esxtop\r");
        await typist.SeeAsync("USED-BY  TEAM-PNIC DNAME");
        await typist.SeeAsync("vmk0");
        await typist.TypeAsync("v");
        await typist.SeeAsync("VMNAME");
        await typist.TypeAsync("q");

        await typist.SeeAsync("~ # ");
    }

    /// <summary>A session and what was seen of it, in order.</summary>
    private sealed class Typist : IAsyncDisposable
    {
        private readonly Pipe _keys = new();
        private readonly StringBuilder _seen = new();
        private readonly Lock _gate = new();
        private readonly Task<int> _session;
        private int _at;

        public Typist(TinyEsxi lab, LabHost host) =>
            _session = Task.Run(async () => (await lab.Doors.OpenAsync(lab.Doors.At(host.Address)!, "root", _keys.Reader.AsStream(), new Screen(this), TestContext.Current.CancellationToken)).ExitStatus);

        public async Task TypeAsync(string keys) => await _keys.Writer.WriteAsync(Encoding.UTF8.GetBytes(keys));

        /// <summary>Waits for a text behind the one seen last.</summary>
        public Task SeeAsync(string text) => Eventually.TrueAsync(
            () =>
            {
                lock (_gate)
                {
                    var found = _seen.ToString().IndexOf(text, _at, StringComparison.Ordinal);
                    if (found < 0)
                        return false;
                    _at = found + text.Length;
                    return true;
                }
            },
            $"\"{text}\" is shown");

        public Task<int> EndAsync() => _session.WaitAsync(TimeSpan.FromSeconds(30));

        public async ValueTask DisposeAsync()
        {
            await _keys.Writer.CompleteAsync();
            await EndAsync();
        }

        private sealed class Screen(Typist typist) : MemoryStream
        {
            public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                lock (typist._gate)
                    typist._seen.Append(Encoding.UTF8.GetString(buffer.Span));
                return ValueTask.CompletedTask;
            }
        }
    }
}
