using System.Text.Json.Nodes;
using OpsKit.PeerTests.Console;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Vibs;

/// <summary>Packages and bundles between OpsKit and GNU ar, tar, gzip, Info-ZIP and Python: what one writes the other reads.</summary>
public sealed class ArchivePeerTests : IDisposable
{
    /// <summary>Makes a package as the scripts of weblogs do: tar, gzip, sha256sum, sha1sum, ar. $1: its name; $2: options of tar; $3: how ar adds.</summary>
    private const string PackageByShell =
        """
        set -e
        mkdir -p tree/opt/acme tree/usr/lib/vmware/vmkmod
        head -c 70000 /dev/urandom > tree/usr/lib/vmware/vmkmod/driver
        printf '#!/bin/sh\n' > tree/opt/acme/start; chmod 755 tree/opt/acme/start
        long=$(printf 'long%.0s' $(seq 15)); mkdir -p "tree/opt/acme/$long/$long"; echo x > "tree/opt/acme/$long/$long/$long"
        ln -sf start tree/opt/acme/run
        (cd tree && tar $2 --owner=0 --group=0 -cf ../payload.tar opt usr)
        [ -z "$4" ] || { xz --stdout $4 $5 payload.tar > payload.xz; mv payload.xz payload.tar; }
        gzip -9nc payload.tar > payload
        {
          echo "<vib version=\"5.0\"><type>bootbank</type><name>$1</name><version>1.0-1</version><vendor>ACME</vendor><summary>s</summary><description>d</description>"
          echo "<release-date>2026-01-31T12:00:00.000000+00:00</release-date><urls/><relationships><depends/><conflicts/><replaces/><provides/><compatibleWith/></relationships>"
          echo "<software-tags/><system-requires><maintenance-mode>false</maintenance-mode></system-requires><file-list>"
          (cd tree && tar -c opt usr | tar t) | grep -v '/$' | sed 's/.*/<file>&<\/file>/'
          echo "</file-list><acceptance-level>community</acceptance-level><live-install-allowed>true</live-install-allowed><live-remove-allowed>true</live-remove-allowed>"
          echo "<cimom-restart>false</cimom-restart><stateless-ready>true</stateless-ready><overlay>false</overlay>"
          echo "<payloads><payload name=\"payload\" type=\"tgz\" size=\"$(stat -c %s payload)\"><checksum checksum-type=\"sha-256\">$(sha256sum < payload | cut -d' ' -f1)</checksum>"
          echo "<checksum checksum-type=\"sha-1\" verify-process=\"gunzip\">$(sha1sum < payload.tar | cut -d' ' -f1)</checksum></payload></payloads></vib>"
        } > descriptor.xml
        : > sig.pkcs7
        rm -f "$1.vib"; ar $3 "$1.vib" descriptor.xml sig.pkcs7 payload 2>/dev/null
        """;

    private readonly OpskitProgram _opskit = new();

    public void Dispose() => _opskit.Dispose();

    [Theory]
    [InlineData("--format=ustar", "qD")]
    [InlineData("--format=gnu", "rU")]
    [InlineData("--format=pax", "r")]
    public async Task Package_by_tar_gzip_and_ar_is_read_and_verified(string tar, string ar)
    {
        await ShellAsync(PackageByShell, "net-acme", tar, ar);

        var file = (await InspectAsync("net-acme.vib"))["files"]![0]!;

        file["sound"]!.GetValue<bool>().ShouldBeTrue(file.ToJsonString());
        file["packages"]![0]!["problems"]!.AsArray().ShouldBeEmpty();
        var payload = file["packages"]![0]!["payloads"]![0]!;
        payload["digests"]!.AsArray().Select(digest => digest!["result"]!.GetValue<string>()).ShouldBe(["verified", "verified"]);
        var listed = payload["files"]!.AsArray().Select(entry => entry!["path"]!.GetValue<string>()).ToList();
        var names = (await ShellAsync("tar tf payload.tar")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimEnd('/')).ToList();
        listed.ShouldBe(names);
    }

    /// <summary>xz with its presets, checks and dictionaries; many blocks, and chunks that are not compressed, as the module is random.</summary>
    [Theory]
    [InlineData("-0", "--check=none")]
    [InlineData("-6", "--check=crc64")]
    [InlineData("-9e", "--check=sha256")]
    [InlineData("--block-size=20000", "--check=crc32")]
    [InlineData("--lzma2=dict=4KiB,lc=0,lp=4,pb=4", "")]
    [InlineData("--lzma2=dict=64KiB,lc=1,lp=3,pb=0", "--block-size=100000")]
    public async Task Payload_by_xz_is_listed(string how, string check)
    {
        await ShellAsync(PackageByShell.Replace("ln -sf start tree/opt/acme/run", "ln -sf start tree/opt/acme/run; seq 1 200000 > tree/opt/acme/numbers; cat $(command -v bash) > tree/opt/acme/program", StringComparison.Ordinal), "net-acme", "--format=gnu", "qD", how, check);

        var package = (await InspectAsync("net-acme.vib"))["files"]![0]!["packages"]![0]!;

        package["problems"]!.AsArray().ShouldBeEmpty();
        var payload = package["payloads"]![0]!;
        payload["format"]!.GetValue<string>().ShouldBe("gzip, xz, tar");
        payload["files"]!.AsArray().Select(entry => entry!["path"]!.GetValue<string>()).ShouldContain("opt/acme/numbers");
    }

    [Theory]
    [InlineData("zip -qr9 ../b.zip .")]
    [InlineData("zip -qr0 ../b.zip .")]
    [InlineData("zip -qr -fz ../b.zip .")]
    [InlineData("zip -qr -fd ../b.zip . ")]
    [InlineData("python3 -m zipfile -c ../b.zip index.xml vendor-index.xml metadata.zip vib20")]
    public async Task Bundle_by_zip_is_read(string zip)
    {
        await BundleAsync();

        await ShellAsync($"rm -rf out b.zip && mkdir out && cd out && unzip -q ../ours.zip && {zip}");

        var file = (await InspectAsync("b.zip"))["files"]![0]!;
        file["kind"]!.GetValue<string>().ShouldBe("offline bundle");
        file["sound"]!.GetValue<bool>().ShouldBeTrue(file.ToJsonString());
        file["packages"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Package_that_opskit_builds_is_read_by_ar_gzip_tar_and_xmllint()
    {
        await ShellAsync(PackageByShell, "net-acme", "--format=gnu", "qD");
        await ShellAsync("(cd tree && tar -czf ../OEM.tgz .)");
        (await _opskit.RunAsync("", "vib", "build", "OEM.tgz", "--name", "net-tulip", "--version", "1.0-1", "--vendor", "ACME", "--for", "8.x", "--out", "ours.vib")).ExitCode.ShouldBe(0);

        (await ShellAsync("ar t ours.vib")).ShouldBe("descriptor.xml\nsig.pkcs7\nnet-tuli\n");
        await ShellAsync("mkdir parts && cd parts && ar x ../ours.vib && gzip -t < net-tuli && xmllint --noout descriptor.xml && tar xzf net-tuli --no-same-owner && diff -r --no-dereference opt ../tree/opt && diff -r usr ../tree/usr");
        (await ShellAsync("tar tvzf parts/net-tuli opt/acme/start")).ShouldStartWith("-rwxr-xr-x root/root ");
        foreach (var (path, sum) in new[] { ("net-tuli", "checksum[1]"), ("-", "checksum[2]") })
        {
            var said = (await ShellAsync($"xmllint --xpath 'string(//{sum})' parts/descriptor.xml")).Trim();
            (await ShellAsync(path == "-" ? "gunzip -c < parts/net-tuli | sha256sum" : "sha256sum < parts/net-tuli")).ShouldStartWith(said);
        }
    }

    [Fact]
    public async Task Bundle_that_opskit_makes_is_read_by_unzip_and_python()
    {
        await BundleAsync();

        (await ShellAsync("unzip -tqq ours.zip && unzip -qo ours.zip -d all && unzip -tqq all/metadata.zip && unzip -qo all/metadata.zip -d all/metadata && xmllint --noout $(find all -name '*.xml') && echo good")).ShouldBe("good\n");
        (await ShellAsync("python3 -c \"import zipfile; z = zipfile.ZipFile('ours.zip'); print(z.testzip(), [i.filename for i in z.infolist()][-1])\""))
            .ShouldBe("None vib20/net-acme/ACME_bootbank_net-acme_1.0-1.vib\n");
        (await ShellAsync("cmp net-acme.vib all/vib20/net-acme/*.vib && stat -c %a all/index.xml")).ShouldBe("644\n");
        var said = (await ShellAsync("xmllint --xpath 'string(/vib/checksum)' all/metadata/vibs/*.xml")).Trim();
        (await ShellAsync("sha256sum < net-acme.vib")).ShouldStartWith(said);
    }

    [Fact]
    public async Task Large_zip_claims_and_zips_in_zips_are_refused_in_words()
    {
        await BundleAsync();
        await ShellAsync("""
            zip -q0 one.zip ours.zip && zip -q0 two.zip one.zip
            python3 - <<'END'
            data = bytearray(open('ours.zip', 'rb').read())
            at = data.rfind(b'PK\1\2')
            data[at + 24:at + 28] = (0xfffffff0).to_bytes(4, 'little')   # the last entry claims 4 GiB
            open('claims.zip', 'wb').write(data)
            END
            """);

        (await InspectAsync("one.zip"))["files"]![0]!["inner"]!.AsArray().Count.ShouldBe(1);
        await RefusedAsync("two.zip", "is no offline bundle, and neither a bundle nor a package is in it");
        await RefusedAsync("claims.zip", "damaged");
    }

    /// <summary>384 MiB of zeros in a payload: what a reader that keeps it would take is far beyond the limit.</summary>
    [Fact]
    public async Task Payload_that_unpacks_to_hundreds_of_megabytes_is_read_in_bounded_memory()
    {
        await ShellAsync(PackageByShell.Replace("head -c 70000 /dev/urandom", "head -c 402653184 /dev/zero", StringComparison.Ordinal).Replace("gzip -9nc", "gzip -1nc", StringComparison.Ordinal), "net-acme", "--format=gnu", "qD");

        var told = await ShellAsync("python3 -c 'import resource, subprocess; subprocess.run([*\"'\"$OPSKIT\"'\".split(), \"vib\", \"inspect\", \"net-acme.vib\"], check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)'");

        told.ShouldContain("Nothing is wrong with it");
        long.Parse(told.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(240 * 1024);
    }

    private async Task BundleAsync()
    {
        await ShellAsync(PackageByShell, "net-acme", "--format=gnu", "qD");
        var run = await _opskit.RunAsync("", "vib", "bundle", "net-acme.vib", "--out", "ours.zip");
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private async Task RefusedAsync(string file, string why)
    {
        var run = await _opskit.RunAsync("", "vib", "inspect", file);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(why);
        run.Error.ShouldNotContain("bug");
    }

    private async Task<JsonNode> InspectAsync(string file)
    {
        var run = await _opskit.RunAsync("", "vib", "inspect", file, "--output", "json");
        run.Out.ShouldStartWith("{", customMessage: run.Error);
        return JsonNode.Parse(run.Out)!;
    }

    /// <summary>Runs a script in the program's folder; it must succeed.</summary>
    private async Task<string> ShellAsync(string script, params string[] arguments)
    {
        var run = await _opskit.RunInShellAsync("", $"set -- {string.Join(' ', arguments)}\n{script}");
        run.ExitCode.ShouldBe(0, $"{script}\n{run.Error}{run.Out}");
        return run.Out;
    }
}
