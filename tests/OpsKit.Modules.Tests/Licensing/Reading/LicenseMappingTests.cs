using OpsKit.Modules.Licensing;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.Licensing.Reading;

public sealed class LicenseMappingTests
{
    private static readonly DateTimeOffset Now = EstateBuilder.Now;

    [Fact]
    public void Licence_of_a_simulator_that_leaves_fields_out_is_read()
    {
        var license = LicenseMapping.ToLicense(new LicenseManagerLicenseInfo { LicenseKey = "K", Total = 0 }, Now);

        (license.Key, license.EditionKey, license.Name, license.CostUnit, license.Total, license.Used, license.Expires).ShouldBe(("K", "", "", "", 0, null, null));
    }

    [Fact]
    public void Product_labels_and_expiry_come_from_the_properties()
    {
        var license = LicenseMapping.ToLicense(
            new LicenseManagerLicenseInfo
            {
                LicenseKey = "K", Total = 4,
                Properties = [Property("ProductName", "VMware ESX Server"), Property("feature", new KeyValue { Key = "maxRAM:256g", Value = "x" }), Property("expirationDate", Now.AddDays(9))],
                Labels = [new KeyValue { Key = "site", Value = "hall 1" }],
            },
            Now);

        (license.ProductName, license.Expires).ShouldBe(("VMware ESX Server", Now.AddDays(9)));
        license.Labels.ShouldBe(["site=hall 1"]);
    }

    public static TheoryData<string, object?, double?> Expiries => new()
    {
        { "expirationDate", "2011-08-16T12:00:00Z", 1 },
        { "expirationDate", "tomorrow", null },
        { "expirationHours", 48L, 2 },
        { "expirationHours", 48, 2 },
        { "expirationHours", "48", 2 },
        { "expirationHours", long.MaxValue, null },
        { "expirationMinutes", 1440, 1 },
        { "expirationHours", null, null },
    };

    [Theory]
    [MemberData(nameof(Expiries))]
    public void Expiry_is_a_date_or_what_is_left_of_an_evaluation(string key, object? value, double? days) =>
        LicenseMapping.ToLicense(new LicenseManagerLicenseInfo { LicenseKey = "K", Properties = [Property(key, value)] }, Now)
            .Expires.ShouldBe(days is { } left ? Now.AddDays(left) : null);

    [Fact]
    public void Evaluation_of_an_assignment_tells_its_end()
    {
        var row = new LicenseAssignmentManagerLicenseAssignment
        {
            EntityId = "host-1",
            AssignedLicense = new LicenseManagerLicenseInfo { LicenseKey = LicenseKeyMask.Evaluation, EditionKey = "eval" },
            Properties = [Property("Evaluation", new LicenseManagerEvaluationInfo { Properties = [Property("expirationHours", 24L)] })],
        };

        LicenseMapping.ToAssignment(row, null, Now)!.License.Expires.ShouldBe(Now.AddDays(1));
    }

    [Fact]
    public void Row_without_entity_is_the_answer_to_what_was_asked()
    {
        var row = new LicenseAssignmentManagerLicenseAssignment { EntityId = "", AssignedLicense = new LicenseManagerLicenseInfo { LicenseKey = "K" } };

        LicenseMapping.ToAssignment(row, "host-7", Now)!.EntityId.ShouldBe("host-7");
        LicenseMapping.ToAssignment(row, null, Now)!.EntityId.ShouldBe("");
        LicenseMapping.ToAssignment(new LicenseAssignmentManagerLicenseAssignment { EntityId = "host-7" }, null, Now).ShouldBeNull();
    }

    private static KeyAnyValue Property(string key, object? value) => new() { Key = key, Value = value };
}
