namespace OpsKit.Vim25.Tests.Tasks;

/// <summary>How a task of the scripted server is, and how that reads on the wire.</summary>
internal sealed record TaskState(string Key)
{
    internal string State { get; init; } = "running";

    internal int? Percent { get; init; }

    internal bool Cancelable { get; init; }

    /// <summary>XML of the result, or of the error.</summary>
    internal string? Outcome { get; init; }

    /// <summary>Number of its last change, of all changes on the server.</summary>
    internal int Changed { get; init; }

    /// <summary>As RetrievePropertiesEx returns it.</summary>
    internal string Object() => $"""
        <objects><obj type="Task">{Key}</obj><propSet><name>info</name><val xsi:type="TaskInfo">
        <key>{Key}</key><task type="Task">{Key}</task><descriptionId>VirtualMachine.powerOn</descriptionId>
        <entity type="VirtualMachine">vm-1</entity><entityName>db01</entityName>
        <state>{State}</state><cancelled>false</cancelled><cancelable>{(Cancelable ? "true" : "false")}</cancelable>
        {(Outcome is null ? "" : State == "error" ? $"<error>{Outcome}</error>" : Outcome)}
        {(Percent is { } percent ? $"<progress>{percent}</progress>" : "")}
        <queueTime>2011-08-03T12:00:00Z</queueTime><eventChainId>1</eventChainId>
        </val></propSet></objects>
        """;

    /// <summary>As WaitForUpdatesEx reports it.</summary>
    internal string Update() => $"""
        <objectSet><kind>modify</kind><obj type="Task">{Key}</obj>
        <changeSet><name>info.state</name><op>assign</op><val xsi:type="TaskInfoState">{State}</val></changeSet>
        <changeSet><name>info.progress</name><op>{(Percent is null ? "remove" : "assign")}</op>{(Percent is { } percent ? $"<val xsi:type=\"xsd:int\">{percent}</val>" : "")}</changeSet>
        </objectSet>
        """;
}
