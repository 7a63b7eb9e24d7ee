using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsKit.Benchmarks.Reading;

/// <summary>
/// A RetrievePropertiesEx answer as a vCenter sends it: name, runtime, summary and config.hardware.device of any number of VMs, the same
/// bytes every time.
/// </summary>
internal static partial class InventoryDocument
{
    private const string Start = """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><RetrievePropertiesExResponse xmlns="urn:vim25"><returnval>""";
    private const string End = "</returnval></RetrievePropertiesExResponse></soapenv:Body></soapenv:Envelope>";

    public static byte[] Create(int machines)
    {
        var template = Placeholder().Split(Template());
        var result = new StringBuilder(Start);
        var values = new Dictionary<string, string>();
        for (var i = 0; i < machines; i++)
        {
            Fill(values, i);
            for (var part = 0; part < template.Length; part++)
                result.Append(part % 2 == 0 ? template[part] : values[template[part]]);
        }

        return Encoding.UTF8.GetBytes(result.Append(End).ToString());
    }

    private static void Fill(Dictionary<string, string> values, int i)
    {
        values["vm"] = Text(1000 + i);
        values["number"] = Text(100_000 + i);
        values["name"] = $"app{i % 40:d2}-prod-{i:d5}";
        values["lun"] = Text(10 + (i % 60));
        values["host"] = Text(20 + (i % 200));
        values["power"] = i % 9 == 0 ? "poweredOff" : "poweredOn";
        values["uuid"] = $"{i % 7919:x4}-{i % 6101:x4}-{i % 5003:x4}-{0x1f00_0000_0000 + (i * 7_654_321L):x12}";
        values["content"] = $"{0x6b8b_4567 + (i * 2_654_435L):x8}";
        values["switch"] = $"50 1c 3b 5f {i % 4:x2} 12 8a 40-99 0f aa 01 {i % 4:x2} de ad 77";
        values["mac"] = $"{(i >> 16) & 255:x2}:{(i >> 8) & 255:x2}:{i & 255:x2}";
        values["milliseconds"] = $"{i % 1000:d3}";
        values["overhead"] = Text(60_000_000 + (i * 4096));
        values["ip"] = $"10.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}";
        values["uptime"] = Text(1_000_000 + (i * 13));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Template()
    {
        using var stream = typeof(InventoryDocument).Assembly.GetManifestResourceStream("virtual-machine.xml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }

    [GeneratedRegex("{([a-z]+)}")]
    private static partial Regex Placeholder();
}
