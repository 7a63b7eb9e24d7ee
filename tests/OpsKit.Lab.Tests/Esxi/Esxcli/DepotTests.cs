namespace OpsKit.Lab.Tests.Esxi.Esxcli;

public sealed class DepotTests
{
    private static readonly TestVib One = new("contoso-one") { Live = false };
    private static readonly TestVib Two = new("contoso-two", "2.0-1");

    [Fact]
    public void Relative_path_begins_where_the_service_stands()
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Put("/tmp/tool.vib", One.ToBytes());
        lab.Refused("software vib install -v tool.vib").ShouldBe(
            " [VibDownloadError]\n ('tool.vib', '', \"[Errno 4] IOError: <urlopen error [Errno 2] No such file or directory: '/var/log/vmware/tool.vib'>\")\n        url = tool.vib\n"
            + " Please refer to the log file for more details.\n");
        lab.Refused("software vib install -d bundle.zip").ShouldBe(
            " [MetadataDownloadError]\n Could not download from depot at zip:/var/log/vmware/bundle.zip?index.xml, skipping (('zip:/var/log/vmware/bundle.zip?index.xml', '', "
            + "\"Error extracting index.xml from /var/log/vmware/bundle.zip: [Errno 2] No such file or directory: '/var/log/vmware/bundle.zip'\"))\n        url = zip:/var/log/vmware/bundle.zip?index.xml\n"
            + " Please refer to the log file for more details.\n");
        lab.Put("/var/log/vmware/tool.vib", One.ToBytes());
        lab.Refused("software vib install -v tool.vib").ShouldStartWith(" [AcceptanceConfigError]\n");
    }

    [Fact]
    public void Outer_zip_of_a_driver_cd_is_no_depot()
    {
        using var lab = new EsxcliLab("5.5.0");
        lab.Put("/tmp/driver-cd.zip", TestVib.Zip("driver-offline_bundle-1.zip", TestVib.Bundle(null, One)));
        lab.Refused("software vib install -d /tmp/driver-cd.zip").ShouldContain(
            "'Error extracting index.xml from /tmp/driver-cd.zip: \"There is no item named \\'index.xml\\' in the archive\"'");
    }

    [Theory]
    [InlineData("-d http://depot.example/bundle.zip", " [ValueError]\n Only server local file path is supported for offline bundles.\n")]
    [InlineData("-d https://depot.example/index.xml", " [MetadataDownloadError]\n Could not download from depot at https://depot.example/index.xml, skipping ")]
    [InlineData("-v https://depot.example/x.vib", " [VibDownloadError]\n ('https://depot.example/x.vib', '', '[Errno 4] IOError: <urlopen error ")]
    [InlineData("-v /tmp/nothing.vib", " [VibDownloadError]\n ('/tmp/nothing.vib', '', \"[Errno 4] IOError: <urlopen error [Errno 2] No such file or directory: '/tmp/nothing.vib'>\")\n")]
    [InlineData("-v /tmp/text", " [VibFormatError]\n ('/tmp/text', 'Unable to read VIB: not an ar archive')\n")]
    [InlineData("-d /tmp/text", " [MetadataDownloadError]\n Could not download from depot at zip:/tmp/text?index.xml, skipping ")]
    [InlineData("-d /tmp", " [MetadataDownloadError]\n Could not download from depot at zip:/tmp?index.xml, skipping ")]
    [InlineData("-v /tmp", " [VibDownloadError]\n ('/tmp', '', ")]
    [InlineData("-d /tmp/bundle.zip -n contoso-one:9", " [NoMatchError]\n No VIB matching VIB search specification 'contoso-one:9'.\n")]
    [InlineData("-d /tmp/bundle.zip -n Contoso_bootbank_contoso-one_1.0.0-1", " [NoMatchError]\n No VIB matching VIB search specification 'Contoso_bootbank_contoso-one_1.0.0-1'.\n")]
    [InlineData("--dry-run", "Invalid parameters: at least one of --depot and --viburl is needed\n")]
    public void What_cannot_be_read_is_told_in_its_own_words(string options, string error)
    {
        using var lab = new EsxcliLab("5.5.0");
        lab.Put("/tmp/text", "nothing of use"u8.ToArray());
        lab.Put("/tmp/bundle.zip", TestVib.Bundle(null, One));
        lab.Refused($"software vib install {options}").ShouldStartWith(error);
    }

    [Theory]
    [InlineData("", "Contoso_bootbank_contoso-one_1.0.0-1, Contoso_bootbank_contoso-two_2.0-1")]
    [InlineData(" -n contoso-two", "Contoso_bootbank_contoso-two_2.0-1")]
    [InlineData(" -n contoso-one:1.0.0-1", "Contoso_bootbank_contoso-one_1.0.0-1")]
    [InlineData(" -n Contoso:contoso-one", "Contoso_bootbank_contoso-one_1.0.0-1")]
    [InlineData(" -n Contoso:contoso-one:1.0.0-1 -n contoso-two", "Contoso_bootbank_contoso-one_1.0.0-1, Contoso_bootbank_contoso-two_2.0-1")]
    public void Packages_of_a_bundle_are_chosen_by_name(string names, string installed)
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Host.Software.AcceptanceLevel = "CommunitySupported";
        lab.Put("/vmfs/volumes/store/bundle.zip", TestVib.Bundle(null, One, Two));
        lab.Ask($"software vib install -d /vmfs/volumes/store/bundle.zip{names}").ShouldContain($"VIBs Installed: {installed}\n");
    }

    [Fact]
    public void Package_a_bundle_lost_is_missed_when_it_is_fetched()
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Host.Software.AcceptanceLevel = "CommunitySupported";
        var path = Path.Combine(lab.Root, "tmp", "bundle.zip");
        lab.Put("/tmp/bundle.zip", TestVib.Bundle(null, One));
        using (var zip = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Update))
            zip.Entries.Single(entry => entry.FullName.EndsWith(".vib", StringComparison.Ordinal)).Delete();
        lab.Ask("software sources vib list -d /tmp/bundle.zip").ShouldContain("contoso-one");
        lab.Refused("software vib install -d /tmp/bundle.zip").ShouldStartWith(" [VibDownloadError]\n ('zip:/tmp/bundle.zip?vib20/contoso-one/");
        lab.Host.Software.Installation.ShouldBeNull();
    }

    [Fact]
    public void Sources_list_packages_with_what_they_are_to_the_host()
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Put("/tmp/bundle.zip", TestVib.Bundle(null, One, new TestVib("elxnet", "99.0-1"), new TestVib("ntg3", "0.1-1")));
        lab.Ask("software sources vib list -d /tmp/bundle.zip").ShouldBe(
            """
            Name         Version  Vendor   Creation Date  Acceptance Level    Status
            -----------  -------  -------  -------------  ------------------  ---------
            contoso-one  1.0.0-1  Contoso  2026-02-01     CommunitySupported  New
            elxnet       99.0-1   Contoso  2026-02-01     CommunitySupported  Update
            ntg3         0.1-1    Contoso  2026-02-01     CommunitySupported  Downgrade

            """.ReplaceLineEndings("\n"));
        lab.Put("/tmp/one.vib", One.ToBytes());
        lab.Ask("software sources vib get -v /tmp/one.vib").ShouldContain("   Live Install Allowed: False\n   Live Remove Allowed: False\n   Stateless Ready: True\n");
    }

    [Theory]
    [InlineData("6.7.0", "Name                     Vendor   Acceptance Level\n-----------------------  -------  ------------------\nESXi-test-standard       Contoso  CommunitySupported\n")]
    [InlineData("7.0.3", "Name                     Vendor   Acceptance Level    Creation Time        Modification Time\n")]
    public void Profiles_are_listed_with_their_times_since_7_0_3(string version, string expected)
    {
        using var lab = new EsxcliLab(version);
        lab.Put("/tmp/bundle.zip", TestVib.Bundle("ESXi-test-standard", One));
        lab.Ask("software sources profile list -d /tmp/bundle.zip").ShouldStartWith(expected.Replace("                     Vendor", "                Vendor", StringComparison.Ordinal).Replace("-----------------------", "------------------", StringComparison.Ordinal).Replace("standard       Contoso", "standard  Contoso", StringComparison.Ordinal));
    }

    [Fact]
    public void Profile_that_is_not_there_is_not_found()
    {
        using var lab = new EsxcliLab("7.0.3");
        lab.Put("/tmp/bundle.zip", TestVib.Bundle("ESXi-test-standard", One));
        lab.Refused("software profile update -d /tmp/bundle.zip -p ESXi-other").ShouldBe(
            " [NoMatchError]\n No image profile found with name 'ESXi-other'\n        id = ESXi-other\n Please refer to the log file for more details.\n");
    }

    [Fact]
    public void Profile_update_keeps_what_the_profile_lacks_and_install_asks_before_it_removes()
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Host.Software.AcceptanceLevel = "CommunitySupported";
        lab.Put("/tmp/bundle.zip", TestVib.Bundle("ESXi-test-standard", One, new TestVib("esx-base", "99.0-1") { Live = false, Vendor = "VMware", Relationships = "<provides><provide name=\"vmkapi_2_4_0_0\"/></provides>" }));
        lab.Refused("software profile install -d /tmp/bundle.zip -p ESXi-test-standard").ShouldContain("please use the --ok-to-remove option");
        lab.Ask("software profile update -d /tmp/bundle.zip -p ESXi-test-standard").ShouldStartWith("Update Result\n   Message: The update completed successfully, but");
        lab.Host.Software.Staged!.Name.ShouldBe("(Updated) ESXi-test-standard");
        lab.Host.Software.Staged.Find("amsd").ShouldNotBeNull();
        lab.Ask("software profile install --ok-to-remove -d /tmp/bundle.zip -p ESXi-test-standard").ShouldStartWith("Installation Result\n");
        lab.Host.Software.Staged.Name.ShouldBe("ESXi-test-standard");
        lab.Host.Software.Staged.Vibs.Select(vib => vib.Name).ShouldBe(["contoso-one", "esx-base"]);
    }
}
