using OpsKit.Connections;

namespace OpsKit.Modules.Esxcli;

/// <summary>Fields that have to be there. A record without them is odd or was cut off, and is never guessed at.</summary>
internal static class EsxcliFields
{
    /// <summary>A field's text.</summary>
    /// <exception cref="OpsKitException">It is not there.</exception>
    public static string Required(this EsxcliRecord record, string name) => record.Text(name) ?? throw Unreadable($"\"{name}\" is missing");

    /// <summary>A whole number.</summary>
    /// <exception cref="OpsKitException">It is not there, or no number.</exception>
    public static long Integer(this EsxcliRecord record, string name) =>
        record.Number(name) ?? throw Unreadable($"\"{name}\" is \"{record.Required(name)}\", no number");

    /// <summary>True or false, however a version spells it.</summary>
    /// <exception cref="OpsKitException">It is not there, or neither.</exception>
    public static bool Boolean(this EsxcliRecord record, string name) => record.Required(name).ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        var text => throw Unreadable($"\"{name}\" is \"{text}\", neither true nor false"),
    };

    /// <summary>Output that is odd or cut off.</summary>
    internal static OpsKitException Unreadable(string why) => new(FailureKind.Failed, $"the output of esxcli cannot be read: {why}");
}
