namespace OpsKit.Connections.Secrets;

/// <summary>A secret's value. It shows itself only to who asks for it by name.</summary>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The value; hand it to the endpoint and to nothing else.</summary>
    public string Reveal() => _value;

    /// <summary>Three asterisks, whatever the value.</summary>
    public override string ToString() => "***";
}
