using System.Net;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Tests.Estate;

public sealed class EstateBuilderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Small", 1, 4, 12)]
    [InlineData("Field", 2, 12, 109)]
    [InlineData("Large", 4, 200, 5000)]
    public void Size_has_its_enclosures_hosts_and_machines(string size, int enclosures, int hosts, int machines)
    {
        var estate = Build(size);
        estate.Enclosures.Count.ShouldBe(enclosures);
        estate.Hosts.Count.ShouldBe(hosts);
        estate.Machines.Count.ShouldBe(machines);
        estate.VCenters.ShouldHaveSingleItem().Name.ShouldBe("vc1");
        estate.Hosts[0].Name.ShouldBe("esx01.lab.example");
        estate.Enclosures[0].Name.ShouldBe("enc1");
    }

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    [InlineData("Large")]
    public void Same_seed_gives_the_same_estate(string size) => Facts(Build(size)).ShouldBe(Facts(Build(size)));

    [Fact]
    public void Another_seed_gives_other_passwords() =>
        Build("Small", 1).VCenters[0].Accounts[0].Password.ShouldNotBe(Build("Small", 2).VCenters[0].Accounts[0].Password);

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    [InlineData("Large")]
    public void Addresses_names_and_references_are_unique(string size)
    {
        var estate = Build(size);
        var addresses = estate.Hosts.SelectMany(host => host.Vmks.Select(vmk => vmk.Address).Append(host.IloAddress!))
            .Concat(estate.Machines.Select(machine => machine.Address).OfType<IPAddress>())
            .Concat(estate.Enclosures.SelectMany(enclosure => enclosure.Oas.Select(oa => oa.Address).Concat(enclosure.Interconnects.Select(module => module.Address))));
        addresses.ShouldBeUnique();
        estate.Machines.Select(machine => machine.Id).Concat(estate.Hosts.Select(host => host.Id)).Concat(estate.Datastores.Select(store => store.Id)).ShouldBeUnique();
        estate.Machines.Select(machine => machine.Name).ShouldBeUnique();
        estate.Machines.Select(machine => machine.Uuid).ShouldBeUnique();
        estate.Hosts.SelectMany(host => host.PNics).Select(nic => nic.Mac).ShouldBeUnique();
    }

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    [InlineData("Large")]
    public void Machines_hang_on_networks_and_datastores_of_their_host(string size)
    {
        var estate = Build(size);
        foreach (var machine in estate.Machines)
        {
            var networks = machine.Host.VSwitches.SelectMany(vswitch => vswitch.PortGroups).Select(group => group.Name).ToHashSet();
            machine.Nics.ShouldAllBe(nic => networks.Contains(nic.PortGroup));
            machine.Disks.ShouldAllBe(disk => disk.Datastore.Hosts.Contains(machine.Host));
        }
    }

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    [InlineData("Large")]
    public void Uplinks_are_nics_with_link(string size)
    {
        foreach (var host in Build(size).Hosts)
        {
            foreach (var device in host.VSwitches.SelectMany(vswitch => vswitch.Active))
                host.PNics.Single(nic => nic.Device == device).LinkUp.ShouldBeTrue($"{host.Name} {device}");
        }
    }

    [Fact]
    public void Blades_of_the_field_show_ten_nics_without_link() => Build("Field").Hosts.ShouldAllBe(host => host.PNics.Count(nic => !nic.LinkUp) == 10);

    [Fact]
    public void Every_assigned_licence_is_in_its_vcenter()
    {
        foreach (var host in Build("Large").Hosts)
            host.VCenter.Licenses.ShouldContain(license => license.Key == host.LicenseKey);
    }

    [Fact]
    public void A_read_only_account_may_look_and_nothing_else()
    {
        var account = Build("Small").VCenters[0].Accounts.Single(account => account.Privileges is not null);
        account.Privileges!.ShouldBe(["System.Anonymous", "System.View", "System.Read"], ignoreOrder: true);
    }

    private static LabEstate Build(string size, int seed = 7) => EstateBuilder.Build(Enum.Parse<LabSize>(size), seed, new LabClock(new FakeTimeProvider(Noon), 1));

    private static string Facts(LabEstate estate) => string.Join('\n',
        estate.VCenters.SelectMany(vCenter => vCenter.Accounts.Select(account => $"{account.User} {account.Password}").Concat(vCenter.Licenses.Select(license => $"{license.Key} {license.Name}")))
            .Concat(estate.Hosts.Select(host => $"{host.Id} {host.Name} {host.Uuid} {host.Serial} {string.Join(' ', host.PNics.Select(nic => nic.Mac))}"))
            .Concat(estate.Machines.Select(machine => $"{machine.Id} {machine.Name} {machine.Uuid} {machine.Address} {string.Join(' ', machine.Disks.Select(disk => $"{disk.FileName} {disk.ChangeId}"))}")));
}
