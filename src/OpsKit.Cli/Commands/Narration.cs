using OpsKit.Connections.Ssh;
using OpsKit.Connections.VSphere;
using OpsKit.Vim25;

namespace OpsKit.Cli.Commands;

/// <summary>What <c>--verbose</c> tells of the work on endpoints: each call, how long it took, how much came back; never its content.</summary>
internal static class Narration
{
    public static string Of(VSphereSession session, TimeSpan took) =>
        $"{session.Endpoint.Name}: {session.About.Name} {session.About.Version} build-{session.About.Build}, logged in after {Milliseconds(took)}, speaking API {session.ApiVersion}";

    public static string Of(string endpoint, SoapExchange call) => $"{endpoint}: {call.Operation}, {Outcome(call)} after {Milliseconds(call.Duration)}, {call.ResponseBytes} bytes";

    public static string Of(SshExchange done)
    {
        var what = done.Command.Length > 0 ? $"{done.Kind} {done.Command}" : $"{done.Kind}";
        var outcome = done.Failure ?? (done.ExitStatus is { } status ? $"exit status {status}" : "done");
        return $"{done.Target}: SSH {what}: {outcome} after {Milliseconds(done.Duration)}, {done.BytesReceived} bytes";
    }

    private static string Outcome(SoapExchange call) => call.Outcome switch
    {
        SoapOutcome.Answered => "answered",
        SoapOutcome.Fault => $"fault {call.FaultType}",
        SoapOutcome.Abandoned => "abandoned",
        _ => "failed",
    };

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0} ms";
}
