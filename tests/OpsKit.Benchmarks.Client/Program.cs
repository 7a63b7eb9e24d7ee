using System.Globalization;
using OpsKit.Benchmarks.Client;

// The programs that tests/OpsKit.Benchmarks/run measures as whole processes, in one Native AOT binary.
return args switch
{
    ["retrieve", var address, var thumbprint, var user, var properties] => await Retrieve.RunAsync(new Uri(address), thumbprint, user, properties),
    ["ssh", var hosts, var port, var user, var key, var knownHosts, var command] => await Ssh.RunAsync(Number(hosts), Number(port), user, key, knownHosts, command),
    ["upload", var port, var user, var key, var knownHosts, var from, var to] => await Ssh.UploadAsync(Number(port), user, key, knownHosts, from, to),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: opskit-benchmark retrieve https://HOST:PORT/sdk SHA256 USER four|six   (password in BENCHMARK_PASSWORD)");
    Console.Error.WriteLine("       opskit-benchmark ssh HOSTS PORT USER KEY KNOWN_HOSTS COMMAND");
    Console.Error.WriteLine("       opskit-benchmark upload PORT USER KEY KNOWN_HOSTS FROM TO");
    return 3;
}
