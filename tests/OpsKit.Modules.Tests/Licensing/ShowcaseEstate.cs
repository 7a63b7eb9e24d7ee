using OpsKit.Modules.Licensing;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing;

/// <summary>An estate with one of everything a licence report has to survive.</summary>
internal static class ShowcaseEstate
{
    public static LicensingEstate Build()
    {
        var plus = EnterprisePlus("A1B2C-D3E4F-G5H6J-K7L8M-PLUS1", 8) with { Used = 4, Labels = ["VpxClientLicenseLabel=blades, hall 1"] };
        var spare = EnterprisePlus("A1B2C-D3E4F-G5H6J-K7L8M-PLUS2", 2) with { Used = 0 };
        var standard = Standard("A1B2C-D3E4F-G5H6J-K7L8M-STAND", 2) with { Used = 2, Expires = Now.AddDays(30.5) };
        var odd = new License { Key = "A1B2C-D3E4F-G5H6J-K7L8M-GALAX", EditionKey = "esx.galactic", Name = "vSphere 12 Galactic", Total = 4, Used = 2, CostUnit = "cpuPackage:32core" };
        var vcenter = new License { Key = "A1B2C-D3E4F-G5H6J-K7L8M-VCENT", EditionKey = "vc.standard.instance", Name = "vCenter Server 5 Standard", Total = 0, Used = 1, CostUnit = "server" };

        var emea = new EstateBuilder("vc-emea", "europe", "uuid-emea")
            .Key(plus).Key(spare).Key(vcenter).Key(Evaluation())
            .Assign("uuid-emea", vcenter)
            .Host("esx01", plus).Host("esx02", plus, version: "4.1.0").Host("esx03", plus, state: "notResponding")
            .Host("esx-eval", Evaluation(), cluster: null)
            .Host("esx-old", version: "4.0.0", sockets: null, cores: null)
            .Machine("db01", 128, "esx01").Machine("web01", 8, "esx01").MachineMB("tiny", 256, "esx02").MachineMB("tiny2", 256, "esx02")
            .Machine("off", 16, "esx02", power: "poweredOff").Machine("asleep", 4, "esx01", power: "suspended")
            .Machine("template", 2, "esx01", power: "poweredOff", template: true).Machine("db01 (secondary)", 8, "esx02", secondary: true)
            .Machine("lost", 4, "esx03").Machine("trial", 6, "esx-eval").Machine("ancient", 2, "esx-old")
            .MachineMB("unreadable", null, "esx01", connection: "inaccessible")
            .Machine("=cmd|' /C calc'!A0", 1, "esx01").Machine("\u001b[31mred\u001b[0m\r\nalert", 1, "esx01").Machine("plain,\"quoted\"; semicolon", 1, "esx01");
        var apac = new EstateBuilder("vc-apac", "europe", "uuid-apac").Key(plus).Host("esx01", plus).Machine("app", 12, "esx01");
        var lab = new EstateBuilder("vc-lab")
            .Key(standard).Key(odd).Host("lab1", standard, cluster: "lab").Host("lab2", odd, cluster: "lab")
            .Host("hcx", null, cluster: null, model: "VMware Mobility Platform", sockets: 1, cores: 8)
            .Machine("ci", 70, "lab1").Machine("ci2", 70, "lab2");
        return new LicensingEstate(
            [emea.State(), apac.State(), lab.State()], [new UnreachedVCenter("vc-dr", null, "does not answer: connection refused")]);
    }
}
