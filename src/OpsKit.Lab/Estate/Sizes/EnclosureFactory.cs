namespace OpsKit.Lab.Estate;

/// <summary>Makes c7000 enclosures with two Onboard Administrators and a pair of Virtual Connect modules.</summary>
internal static class EnclosureFactory
{
    public static LabEnclosure Enclosure(this LabEstate estate, int number, string firmware = "3.18", string product = "HP VC FlexFabric 10Gb/24-Port Module", string partNumber = "571956-B21")
    {
        var enclosure = new LabEnclosure
        {
            Name = $"enc{number}",
            Serial = estate.Serial("CZ3"),
            VcDomain = $"vcd-enc{number}",
        };
        enclosure.Accounts.Add(new LabAccount("Administrator", estate.Password()));
        enclosure.Accounts.Add(new LabAccount("operator", estate.Password(), VCenterFactory.ReadOnly));
        for (var bay = 1; bay <= 2; bay++)
        {
            var mac = $"10:60:4b:{estate.MacTail()}".Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
            enclosure.Oas.Add(new LabOa { Bay = bay, Name = $"OA-{mac}", Address = EstateParts.EnclosureAddress(number, bay), Active = bay == 1 });
            enclosure.Interconnects.Add(new LabInterconnect
            {
                Bay = bay,
                Address = EstateParts.EnclosureAddress(number, 10 + bay),
                ProductName = product,
                PartNumber = partNumber,
                Serial = estate.Serial("3C4"),
                IsPrimary = bay == 1,
                Firmware = firmware,
            });
        }

        estate.Enclosures.Add(enclosure);
        return enclosure;
    }
}
