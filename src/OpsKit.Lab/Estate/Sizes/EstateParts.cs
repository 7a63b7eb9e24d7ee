using System.Net;

namespace OpsKit.Lab.Estate;

/// <summary>Identifiers of a new estate, drawn from its seed.</summary>
internal static class EstateParts
{
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const string SerialLetters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string Uuid(this LabEstate estate)
    {
        Span<byte> bytes = stackalloc byte[16];
        estate.Random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes).ToString();
    }

    /// <summary>The last three pairs of a MAC address.</summary>
    public static string MacTail(this LabEstate estate) => $"{estate.Random.Next(0x100):x2}:{estate.Random.Next(0x100):x2}:{estate.Random.Next(0x100):x2}";

    /// <summary>An HP serial number, such as <c>CZ3418T2KD</c>.</summary>
    public static string Serial(this LabEstate estate, string prefix) => prefix + estate.Letters(SerialLetters, 10 - prefix.Length);

    /// <summary>A licence key in five groups of five.</summary>
    public static string LicenseKey(this LabEstate estate) => string.Join('-', Enumerable.Range(0, 5).Select(_ => estate.Letters(SerialLetters, 5)));

    /// <summary>A password with a digit and a sign in it, as vCenter's policy asks for.</summary>
    public static string Password(this LabEstate estate) => $"{estate.Letters(PasswordLetters, 7)}!{estate.Random.Next(10)}{estate.Letters(PasswordLetters, 7)}";

    public static IPAddress HostAddress(int y, int z) => Address(10, y, z);

    /// <summary>The address of the n-th virtual machine, from 0.</summary>
    public static IPAddress MachineAddress(int number) => Address(20, 1 + number / 250, 1 + number % 250);

    /// <summary>Onboard Administrators are .1 and .2, Virtual Connect modules .10 + bay, iLOs .100 + bay.</summary>
    public static IPAddress EnclosureAddress(int enclosure, int z) => Address(30, enclosure, z);

    private static IPAddress Address(int x, int y, int z) => new([127, (byte)x, (byte)y, (byte)z]);

    private static string Letters(this LabEstate estate, string letters, int count) => string.Create(count, (estate.Random, letters), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = state.letters[state.Random.Next(state.letters.Length)];
    });
}
