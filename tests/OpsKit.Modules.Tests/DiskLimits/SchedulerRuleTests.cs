using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class SchedulerRuleTests
{
    [Theory]
    [InlineData("4.1.0", null, SchedulerKind.Summed, "ESXi 4.1, before 5.5")]
    [InlineData("5.1.0", "", SchedulerKind.Summed, "ESXi 5.1, before 5.5")]
    [InlineData("5.5.0", "Disk.SchedulerWithReservation=1", SchedulerKind.PerDisk, "ESXi 5.5")]
    [InlineData("6.7.0", "Disk.SchedulerWithReservation=0", SchedulerKind.Summed, "ESXi 6.7 with Disk.SchedulerWithReservation = 0")]
    [InlineData("7.0.3", "VMkernel.Boot.isPerFileSchedModelActive=false", SchedulerKind.Summed, "ESXi 7.0 with VMkernel.Boot.isPerFileSchedModelActive = false")]
    [InlineData("8.0.3", "VMkernel.Boot.isPerFileSchedModelActive=true", SchedulerKind.PerDisk, "ESXi 8.0")]
    [InlineData("8.0.3", "", SchedulerKind.PerDisk, "ESXi 8.0")]
    [InlineData("8.0.3", null, SchedulerKind.Unknown, "ESXi 8.0, whose settings cannot be read")]
    [InlineData(null, "", SchedulerKind.Unknown, "the host does not tell its version")]
    [InlineData("dev", "", SchedulerKind.Unknown, "the host does not tell its version")]
    public void Rule_follows_from_the_version_and_the_settings_that_decide(string? version, string? settings, SchedulerKind kind, string reason) =>
        SchedulerRule.Of(version, settings?.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]))
            .ShouldBe(new SchedulerRule(kind, reason));
}
