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
            OaFirmware = firmware[0] < '4' ? "3.32 Aug 18 2011" : "4.80 Dec 13 2017",
        };
        enclosure.Accounts.Add(new LabAccount("Administrator", estate.Password()));
        enclosure.Accounts.Add(new LabAccount("operator", estate.Password(), VCenterFactory.ReadOnly));
        enclosure.VcAccounts.AddRange(enclosure.Accounts);
        for (var bay = 1; bay <= 2; bay++)
        {
            var mac = $"10:60:4b:{estate.MacTail()}".ToUpperInvariant();
            enclosure.Oas.Add(new LabOa
            {
                Bay = bay,
                Name = $"OA-{mac.Replace(":", "", StringComparison.Ordinal)}",
                Address = EstateParts.EnclosureAddress(number, bay),
                Serial = $"OB{enclosure.Serial[3..]}{bay}",
                Mac = mac,
                Active = bay == 1,
            });
            enclosure.Interconnects.Add(new LabInterconnect
            {
                Bay = bay,
                Address = EstateParts.EnclosureAddress(number, 10 + bay),
                ProductName = product,
                PartNumber = partNumber,
                SparePartNumber = partNumber == "691367-B21" ? "700065-B21" : "572213-001",
                Serial = estate.Serial("3C4"),
                IsPrimary = bay == 1,
                Firmware = firmware,
            });
        }

        estate.Enclosures.Add(enclosure);
        return enclosure;
    }
}
