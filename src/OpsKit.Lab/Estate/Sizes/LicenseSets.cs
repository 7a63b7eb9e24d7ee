using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Estate;

/// <summary>Licences of the eras, with the edition keys and units their servers write.</summary>
internal static class LicenseSets
{
    private const string Host = "VMware ESX Server";
    private const string VCenter = "VMware VirtualCenter Server";

    private static readonly (string Key, object Value) SubscriptionEnd = ("expirationDate", new DateTimeOffset(2031, 6, 30, 0, 0, 0, TimeSpan.Zero));

    public static readonly LabLicense Evaluation = new("00000-00000-00000-00000-00000", "eval", "Product Evaluation", 0, "")
    {
        Properties = [("Localized", "Evaluation Mode"), ("ProductName", Host), ("expirationHours", 1440L), ("expirationMinutes", 0L), ("ComponentFamily", "esx")],
    };

    private static readonly LabLicense Unlimited = new("J14ER-0G31N-H8D91-0A1UH-2CJN0", "esx.hypervisor.cpuPackage", "VMware vSphere 6 Hypervisor", 0, "cpuPackage")
    {
        Properties = [("ProductName", Host), ("ProductVersion", "6.0"), ("count_disabled", "This license is unlimited")],
    };

    private static readonly LabLicense Evaluation9 = new("M0Q5P-4W2J1-08A8T-0K9RH-3VD4Z", "esx.eval.entitlement.cpuCoreMin", "VMware ESXi 9 Evaluation", 60, "host")
    {
        Properties = [("ProductName", Host), ("ProductVersion", "9.0")],
    };

    /// <summary>vSphere 4, which vCenter 4 and 5 know; units as its servers write them.</summary>
    public static void Vsphere4(LabEstate estate, LabVCenter vCenter)
    {
        Add(estate, vCenter, "esxEnterprisePlus", "vSphere 4 Enterprise Plus", 12, "cpuPackage:12core", "4.0");
        Add(estate, vCenter, "esxEnterprise", "vSphere 4 Enterprise", 4, "cpuPackage:6core", "4.0");
        Add(estate, vCenter, "esxAdvanced", "vSphere 4 Advanced", 4, "cpuPackage:12core", "4.0");
        Add(estate, vCenter, "esxFull", "vSphere 4 Standard", 2, "cpuPackage:6core", "4.0");
        Add(estate, vCenter, "esxExpressPlus", "vSphere 4 Essentials Plus", 6, "cpuPackage:6core", "4.0");
        Add(estate, vCenter, "esxExpress", "vSphere 4 Essentials", 6, "cpuPackage:6core", "4.0");
        Add(estate, vCenter, "esxBasic", "vSphere 4 Hypervisor", 1, "cpuPackage:6core", "4.0");
    }

    /// <summary>vSphere 5.0, whose licences bring vRAM.</summary>
    public static void Vsphere5(LabEstate estate, LabVCenter vCenter)
    {
        Add(estate, vCenter, "esxEnterprisePlus.vram", "vSphere 5 Enterprise Plus", 24, "cpuPackage", "5.0");
        Add(estate, vCenter, "esxEnterprise.vram", "vSphere 5 Enterprise", 8, "cpuPackage", "5.0");
        Add(estate, vCenter, "esxFull.vram", "vSphere 5 Standard", 4, "cpuPackage", "5.0");
        Add(estate, vCenter, "esxExpressPlus.vram", "vSphere 5 Essentials Plus", 6, "cpuPackage", "5.0");
        Add(estate, vCenter, "esxExpress.vram", "vSphere 5 Essentials", 6, "cpuPackage", "5.0");
        Add(estate, vCenter, "esxDesktop.vram", "vSphere 5 Desktop", 100, "vm", "5.0");
        Add(estate, vCenter, "esxBasic.vram", "vSphere 5 Hypervisor", 1, "cpuPackage", "5.0");
        AddProduct(estate, vCenter, "vc", "vCenter Server 5 Standard", 1, "server", VCenter, "5.0");
    }

    public static void Vsphere6(LabEstate estate, LabVCenter vCenter, int processors)
    {
        Add(estate, vCenter, "esx.enterprisePlus.cpuPackage", "VMware vSphere 6 Enterprise Plus", processors, "cpuPackage", "6.0");
        Add(estate, vCenter, "esx.standard.cpuPackage", "VMware vSphere 6 Standard", 16, "cpuPackage", "6.0");
        Add(estate, vCenter, "esx.essentialsPlus.cpuPackage", "VMware vSphere 6 Essentials Plus", 6, "cpuPackage", "6.0");
        vCenter.Licenses.Add(Unlimited);
    }

    public static void Vsphere7And8(LabEstate estate, LabVCenter vCenter, int processors)
    {
        Add(estate, vCenter, "esx.enterprisePlus.cpuPackageCoreLimited", "VMware vSphere 8 Enterprise Plus", processors, "cpuPackage:32core", "8.0");
        Add(estate, vCenter, "esx.enterprisePlus.cpuPackageCoreLimited", "VMware vSphere 7 Enterprise Plus", processors, "cpuPackage:32core", "7.0");
        Add(estate, vCenter, "esx.standard.cpuPackageCoreLimited", "VMware vSphere 8 Standard", 4, "cpuPackage:32core", "8.0");
        Add(estate, vCenter, "esx.hypervisor.cpuPackageCoreLimited", "VMware vSphere 8 Hypervisor", 1, "cpuPackage:32core", "8.0");
        Add(estate, vCenter, "esx.vvf.cpuCore", "VMware vSphere Foundation 8", 64, "cpuCore", "8.0", SubscriptionEnd);
        Add(estate, vCenter, "esx.vcf.cpuCore", "VMware Cloud Foundation 5", 128, "cpuCore", "8.0", SubscriptionEnd);
        vCenter.Licenses.Add(Evaluation9);
        AddProduct(estate, vCenter, "vsan.enterprise.cpuPackageCoreLimited", "VMware vSAN 8 Enterprise", processors, "cpuPackage:32core", "VMware VSAN", "8.0");
        AddProduct(estate, vCenter, "vc.standard.instance", "VMware vCenter Server 8 Standard", 1, "server", VCenter, "8.0");
    }

    /// <summary>The first licence of that edition.</summary>
    public static string KeyOf(this LabVCenter vCenter, string edition, string? version = null) => vCenter.Licenses
        .First(license => license.EditionKey == edition && (version is null || license.Properties.Any(property => property.Key == "ProductVersion" && property.Value.Equals(version)))).Key;

    private static void Add(LabEstate estate, LabVCenter vCenter, string edition, string name, int total, string unit, string version, params (string, object)[] further) =>
        AddProduct(estate, vCenter, edition, name, total, unit, Host, version, [.. Features(edition), .. further]);

    private static void AddProduct(LabEstate estate, LabVCenter vCenter, string edition, string name, int total, string unit, string product, string version, params (string, object)[] further) =>
        vCenter.Licenses.Add(new LabLicense(estate.LicenseKey(), edition, name, total, unit) { Properties = [("ProductName", product), ("ProductVersion", version), ("FileVersion", version + ".0"), .. further] });

    /// <summary>What an edition allows, a row each, as its file lists it.</summary>
    private static IEnumerable<(string, object)> Features(string edition)
    {
        var isTop = edition.Contains("enterprise", StringComparison.OrdinalIgnoreCase) || edition.Contains("vcf", StringComparison.Ordinal) || edition.Contains("vvf", StringComparison.Ordinal);
        (string Key, string Name)[] features = isTop
            ? [("vsmp:128", "Up to 128-way virtual SMP"), ("vmotion", "vSphere vMotion"), ("drs", "vSphere DRS"), ("das", "vSphere HA"), ("dvs", "vSphere Distributed Switch")]
            : [("vsmp:8", "Up to 8-way virtual SMP"), ("maxRAM:256g", "Up to 256 GB of memory")];
        return features.Select(feature => ("feature", (object)new KeyValue { Key = feature.Key, Value = feature.Name }));
    }
}
