using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class LicenceTests
{
    /// <summary>Edition keys as servers of each era write them.</summary>
    private static readonly string[] Editions =
    [
        "esxEnterprisePlus", "esxEnterprise", "esxAdvanced", "esxFull", "esxExpressPlus", "esxExpress", "esxBasic",
        "esxEnterprisePlus.vram", "esxEnterprise.vram", "esxFull.vram", "esxExpressPlus.vram", "esxExpress.vram", "esxDesktop.vram", "esxBasic.vram", "vc",
        "esx.enterprisePlus.cpuPackage", "esx.standard.cpuPackage", "esx.essentialsPlus.cpuPackage", "esx.hypervisor.cpuPackage",
        "esx.enterprisePlus.cpuPackageCoreLimited", "esx.standard.cpuPackageCoreLimited", "esx.hypervisor.cpuPackageCoreLimited", "vsan.enterprise.cpuPackageCoreLimited",
        "vc.standard.instance", "esx.vvf.cpuCore", "esx.vcf.cpuCore", "esx.eval.entitlement.cpuCoreMin", "eval",
    ];

    [Fact]
    public void Editions_of_all_eras_are_in_the_estates()
    {
        using var small = new OperatedLab();
        using var field = new OperatedLab(LabSize.Field);
        using var large = new OperatedLab(LabSize.Large);

        new[] { small, field, large }.SelectMany(Licences).Select(license => license.EditionKey).Distinct().ShouldBe(Editions, ignoreOrder: true);
    }

    [Fact]
    public void Licence_without_a_number_says_why()
    {
        using var large = new OperatedLab(LabSize.Large);

        var unlimited = Licences(large).Where(license => license.Total == 0).ToDictionary(license => license.EditionKey!);

        Keys(unlimited["esx.hypervisor.cpuPackage"]).ShouldContain("count_disabled");
        Keys(unlimited["eval"]).ShouldContain("expirationHours");
        unlimited.Count.ShouldBe(2);
    }

    [Fact]
    public void Subscriptions_expire_and_features_stand_in_rows()
    {
        using var small = new OperatedLab();
        var foundation = Licences(small).Single(license => license.EditionKey == "esx.vcf.cpuCore");

        foundation.Properties.Single(property => property.Key == "expirationDate").Value.ShouldBeOfType<DateTimeOffset>();
        foundation.Properties.Where(property => property.Key == "feature").Select(property => ((KeyValue)property.Value!).Key).ShouldContain("vmotion");
    }

    [Fact]
    public void Host_without_a_key_is_told_as_evaluating()
    {
        using var field = new OperatedLab(LabSize.Field);
        var host = field.Estate.Hosts[5];

        var row = ((IEnumerable<LicenseAssignmentManagerLicenseAssignment>)field.Invoke(
            new QueryAssignedLicensesRequest { Self = new ManagedObjectReference("LicenseAssignmentManager", "LicenseAssignmentManager"), EntityId = host.Id })!).ShouldHaveSingleItem();

        row.AssignedLicense!.EditionKey.ShouldBe("eval");
        row.Properties.Single(property => property.Key == "Evaluation").Value.ShouldBeOfType<LicenseManagerEvaluationInfo>();
    }

    private static IEnumerable<LicenseManagerLicenseInfo> Licences(OperatedLab lab) =>
        ((IArrayOf)lab.Inventory.Property(WellKnown.LicenseManager, "licenses")!).Items.Cast<LicenseManagerLicenseInfo>();

    private static IEnumerable<string?> Keys(LicenseManagerLicenseInfo license) => license.Properties.Select(property => property.Key);
}
