using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.Tables;

public sealed class EditionCatalogTests
{
    private static readonly EditionCatalog Catalog = new(LicensingTablesReader.BuiltIn);

    [Theory]
    [InlineData("esxEnterprisePlus", "Enterprise Plus")]
    [InlineData("esxEnterprisePlus.vram", "Enterprise Plus")]
    [InlineData("ESXENTERPRISEPLUS.VRAM", "Enterprise Plus")]
    [InlineData("esx.enterprisePlus.cpuPackage", "Enterprise Plus")]
    [InlineData("esx.enterprisePlus.cpuPackageCoreLimited", "Enterprise Plus")]
    [InlineData("esxEnterprise", "Enterprise")]
    [InlineData("esxAdvanced", "Advanced")]
    [InlineData("esxFull", "Standard")]
    [InlineData("esxStandard", "Standard")]
    [InlineData("esx.standard.cpuPackage", "Standard")]
    [InlineData("esxExpressPlus", "Essentials Plus")]
    [InlineData("esxEssentialsPlus", "Essentials Plus")]
    [InlineData("esx.essentialsPlus.cpuPackage", "Essentials Plus")]
    [InlineData("esxExpress", "Essentials")]
    [InlineData("esxEssentials.vram", "Essentials")]
    [InlineData("esxBasic", "Hypervisor")]
    [InlineData("esx.hypervisor.cpuPackageCoreLimited", "Hypervisor")]
    public void Edition_key_of_any_era_is_recognised(string editionKey, string edition) =>
        Catalog.Recognise(Named(editionKey, "")).ShouldBe(new EditionMatch(LicenseKind.Host, edition));

    [Theory]
    [InlineData("vSphere 5 Enterprise Plus", "Enterprise Plus")]
    [InlineData("vSphere 4 Advanced (1-12 cores per CPU)", "Advanced")]
    [InlineData("VMware vSphere 6.7 Standard", "Standard")]
    [InlineData("vSphere 7 Enterprise Plus with Add-on for Kubernetes", "Enterprise Plus")]
    [InlineData("vSphere 5 Hypervisor", "Hypervisor")]
    public void Name_helps_where_the_key_does_not(string name, string edition) =>
        Catalog.Recognise(Named("esxSomethingNew", name)).ShouldBe(new EditionMatch(LicenseKind.Host, edition));

    [Theory]
    [InlineData("eval")]
    [InlineData("EVAL")]
    [InlineData("esx.eval.entitlement.cpuCoreMin")]
    public void Evaluation_is_recognised(string editionKey) =>
        Catalog.Recognise(Named(editionKey, "Product Evaluation")).Kind.ShouldBe(LicenseKind.Evaluation);

    [Theory]
    [InlineData("vc.standard.instance", "vCenter Server 7 Standard")]
    [InlineData("vc", "vCenter Server 5 Standard")]
    [InlineData("vsan.enterprise.cpuPackageCoreLimited", "vSAN Enterprise")]
    [InlineData("standard", "Some Other Standard")]
    [InlineData("", "")]
    public void Licence_of_another_product_is_no_host_licence(string editionKey, string name) =>
        Catalog.Recognise(Named(editionKey, name)).Kind.ShouldBe(LicenseKind.OtherProduct);

    [Theory]
    [InlineData("esx.vvf.cpuCore", "VMware vSphere Foundation")]
    [InlineData("esx", "")]
    [InlineData("esx.", "vSphere 5 Standardised")]
    public void Host_licence_of_no_known_edition_is_unknown(string editionKey, string name) =>
        Catalog.Recognise(Named(editionKey, name)).Kind.ShouldBe(LicenseKind.UnknownEdition);

    private static License Named(string editionKey, string name) => new() { Key = "K", EditionKey = editionKey, Name = name };
}
