using System.Globalization;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>Fans and temperatures, which are always well in the lab.</summary>
internal static class Cooling
{
    private const int FanCount = 10;

    public static void Subsystem(OaCall call)
    {
        call.Line("\nCooling Subsystem:");
        call.Line("\tStatus: OK");
        call.Line($"\tFans Good/Wanted/Needed: {FanCount}/{FanCount}/{FanCount - 1}");
        for (var fan = 1; fan <= FanCount; fan++)
            call.Line($"\tFan {fan}:  {Speed(fan)} RPM ({Speed(fan) / 180}%)");
    }

    public static void Fans(OaCall call)
    {
        var (bays, error) = BayList.Read(call.BayArgument, FanCount);
        if (error is not null)
            call.Line($"\n{error}");
        foreach (var fan in bays)
        {
            call.Line($"\nFan #{fan} Information:");
            call.Line("\tStatus: OK");
            call.Line($"\tSpeed: {Speed(fan) / 180} percent of Maximum speed");
            call.Line("\tMaximum speed: 18000");
            call.Line("\tProduct Name: Active Cool 200 Fan");
            call.Line("\tPart Number: 412140-B21");
        }
    }

    public static void Temperatures(OaCall call)
    {
        call.Line("\nLocale                 Bay # Temp Status      Temp    Caution   Critical ");
        call.Line("---------------------- ----- -----------    --------  -------   -------- ");
        call.Line("Enclosure                    N/A            20C/ 68F    ---       ---");
        foreach (var oa in call.Enclosure.Oas)
            call.Line($"Onboard Administrator    {oa.Bay}   OK             23C/ 73F    75C       80C");
        for (var bay = 1; bay <= call.Enclosure.DeviceBays; bay++)
        {
            if (call.Site.BladeIn(bay) is not null)
                call.Line(string.Create(CultureInfo.InvariantCulture, $"{"Blade Bay",-22}{bay,4}   N/A            19C/ 66F    40C       45C"));
        }

        foreach (var module in call.Enclosure.Interconnects)
            call.Line($"Interconnect Module      {module.Bay}   OK               ----      ---       ---");
    }

    private static int Speed(int fan) => 6000 + fan * 7 % 5 * 250;
}
