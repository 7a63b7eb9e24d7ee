using OpsKit.Benchmarks.Client;

// The programs that tests/OpsKit.Benchmarks/run measures as whole processes, in one Native AOT binary.
return args switch
{
    ["retrieve", var address, var thumbprint, var user, var properties] => await Retrieve.RunAsync(new Uri(address), thumbprint, user, properties),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: opskit-benchmark retrieve https://HOST:PORT/sdk SHA256 USER four|six   (password in BENCHMARK_PASSWORD)");
    return 3;
}
