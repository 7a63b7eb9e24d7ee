namespace OpsKit.Modules.Tasks;

/// <summary>A task of vCenter among the recent ones of an object.</summary>
/// <param name="Id">Its id, such as <c>task-42</c>.</param>
/// <param name="Operation">What it does, such as <c>HostSystem.reboot</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record RecentTask(string Id, string Operation, RecentTaskState State, string? Error = null);

/// <summary>How a task stands.</summary>
public enum RecentTaskState
{
    /// <summary>It waits or runs.</summary>
    UnderWay,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>It ended in an error or was cancelled.</summary>
    Failed,
}
