namespace OpsKit.Engine.Plans;

/// <summary>What a target shares with others while it is changed: a host whose memory is copied, a datastore that is written to.</summary>
/// <param name="Name">What is shared, the same for all who share it, such as <c>host vc1/host-21</c>.</param>
/// <param name="AtMost">How many targets of a step may be changed there at a time: 1 or more. Where targets differ, the least counts.</param>
public sealed record SharedUse(string Name, int AtMost);
