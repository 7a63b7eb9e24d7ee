using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpsKit.Vim25.Generator;

/// <summary>The command line.</summary>
internal sealed record GeneratorOptions(string Wsdl, string Model, string Manifest, string Output, bool Check, string? CertificateAuthority, string? Thumbprint)
{
    internal const string Usage = """
        Makes the vim25 client's types and operations from a WSDL.

          dotnet run --project src/OpsKit.Vim25.Generator -- --wsdl FILE|URL --model FILE [--manifest FILE] [--output FOLDER]
                                                             [--ca FILE | --thumbprint SHA256] [--check]

          --wsdl        vimService.wsdl, with what it imports: a file, or the address a vCenter serves it at (https://vc/sdk/vimService.wsdl)
          --model       the property model (JSON): properties and privileges of managed objects
          --manifest    what of it is wanted (default src/OpsKit.Vim25/vim25.manifest)
          --output      where the files go (default src/OpsKit.Vim25/Generated)
          --ca          PEM file of the authority that signed the server's certificate, where the system does not know it
          --thumbprint  SHA-256 of the server's certificate, hexadecimal: the one to trust, whoever signed it
          --check       write nothing; exit 1 when the files are not what the generator makes
        """;

    internal static GeneratorOptions? Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    return null;
                case "--check":
                    values["--check"] = "";
                    break;
                case "--wsdl" or "--model" or "--manifest" or "--output" or "--ca" or "--thumbprint" when i + 1 < args.Count:
                    values[args[i]] = args[++i];
                    break;
                default:
                    throw new GeneratorException($"\"{args[i]}\" is not understood.\n\n{Usage}");
            }
        }

        string Required(string name) => values.GetValueOrDefault(name) ?? throw new GeneratorException($"{name} is missing.\n\n{Usage}");
        if (values.ContainsKey("--ca") && values.ContainsKey("--thumbprint"))
            throw new GeneratorException($"--ca and --thumbprint are two ways to trust one server: give one of them.\n\n{Usage}");
        return new GeneratorOptions(
            Required("--wsdl"),
            Required("--model"),
            values.GetValueOrDefault("--manifest", "src/OpsKit.Vim25/vim25.manifest"),
            values.GetValueOrDefault("--output", "src/OpsKit.Vim25/Generated"),
            values.ContainsKey("--check"),
            values.GetValueOrDefault("--ca"),
            values.GetValueOrDefault("--thumbprint"));
    }

    internal HttpClient CreateHttpClient()
    {
        var handler = new SocketsHttpHandler();
        if (Thumbprint is not null)
        {
            var wanted = Thumbprint.Replace(":", "", StringComparison.Ordinal);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null
                && string.Equals(certificate.GetCertHashString(HashAlgorithmName.SHA256), wanted, StringComparison.OrdinalIgnoreCase);
        }
        else if (CertificateAuthority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = PrivateAuthority(CertificateAuthority);
        }

        return new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(1) };
    }

    private static X509ChainPolicy PrivateAuthority(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new GeneratorException($"{file}: cannot be read: {e.Message}", e);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new GeneratorException($"{file}: holds no certificate.");
    }
}
