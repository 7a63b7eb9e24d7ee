namespace OpsKit.TestKit;

/// <summary>A certificate by OpenSSL and its private key, as PEM files.</summary>
/// <param name="Path">The certificate, with those of its issuers behind it where it needs them.</param>
/// <param name="Key">The private key.</param>
public sealed record OpenSslCertificate(string Path, string Key)
{
    /// <summary>SHA-256 as <c>openssl x509 -fingerprint</c> prints it: pairs of hex digits with colons.</summary>
    public async Task<string> FingerprintAsync() => (await Shell.RunAsync("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", Path)).Split('=')[1].Trim();

    /// <summary>Makes a certificate that vouches for itself.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="name">Its common name and the name of its files.</param>
    /// <param name="names">Whom it is for, such as <c>IP:127.0.0.1</c> or <c>DNS:vc1</c>.</param>
    /// <param name="flags">More flags of <c>openssl req</c>, such as <c>-not_after</c>.</param>
    public static Task<OpenSslCertificate> SelfSignedAsync(string folder, string name, string names, params string[] flags) =>
        MakeAsync(folder, name, ["-addext", $"subjectAltName={names}", .. flags]);

    /// <summary>Makes an authority, for <see cref="SignAsync"/>.</summary>
    public static Task<OpenSslCertificate> AuthorityAsync(string folder, string name) =>
        MakeAsync(folder, name, ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]);

    /// <summary>Makes a certificate that this authority vouches for.</summary>
    /// <param name="name">Its common name and the name of its files.</param>
    /// <param name="extensions">Lines of an OpenSSL extension file, such as <c>subjectAltName=IP:127.0.0.1</c>.</param>
    /// <param name="flags">More flags of <c>openssl x509</c>, such as <c>-days -1</c>.</param>
    public async Task<OpenSslCertificate> SignAsync(string name, string[] extensions, params string[] flags)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var (key, request, file, extensionFile) = (In(folder, name, "key"), In(folder, name, "csr"), In(folder, name, "pem"), In(folder, name, "ext"));
        await Shell.RunAsync("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", $"/CN={name}", "-keyout", key, "-out", request);
        await File.WriteAllLinesAsync(extensionFile, extensions);
        string[] lifetime = flags.Contains("-days") ? [] : ["-days", "30"];
        await Shell.RunAsync("openssl", ["x509", "-req", "-in", request, "-CA", Path, "-CAkey", Key, "-CAcreateserial", "-sha256", "-extfile", extensionFile, "-out", file, .. lifetime, .. flags]);
        return new OpenSslCertificate(file, key);
    }

    private static async Task<OpenSslCertificate> MakeAsync(string folder, string name, string[] flags)
    {
        var (key, file) = (In(folder, name, "key"), In(folder, name, "pem"));
        string[] lifetime = flags.Contains("-days") ? [] : ["-days", "30"];
        await Shell.RunAsync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256", "-subj", $"/CN={name}", "-keyout", key, "-out", file, .. lifetime, .. flags]);
        return new OpenSslCertificate(file, key);
    }

    private static string In(string folder, string name, string extension) => System.IO.Path.Combine(folder, $"{name}.{extension}");
}
