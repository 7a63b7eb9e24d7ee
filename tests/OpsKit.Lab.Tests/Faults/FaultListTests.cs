using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Faults;

public sealed class FaultListTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FaultList _faults;

    public FaultListTests() => _faults = new FaultList(new LabClock(_time, 10));

    [Fact]
    public void Operation_is_hit_where_endpoint_and_operation_match()
    {
        _faults.Add(new Fault(FaultKind.Cut) { Endpoint = "vc*", Operation = "Retrieve*" });

        _faults.Next("vc1", "RetrievePropertiesEx")!.Kind.ShouldBe(FaultKind.Cut);
        _faults.Next("vc1", "Login").ShouldBeNull();
        _faults.Next("esx01", "RetrievePropertiesEx").ShouldBeNull();
    }

    [Fact]
    public void Operations_pass_until_after_is_over_and_again_when_times_is_used_up()
    {
        _faults.Add(new Fault(FaultKind.Refused) { After = 2, Times = 2 });

        Enumerable.Range(0, 6).Select(_ => _faults.Next("vc1", "Login") is not null).ShouldBe([false, false, true, true, false, false]);
        _faults.All.Single().ShouldBe(new FaultStanding(_faults.All.Single().Fault, 2, 2, Armed: false));
    }

    [Fact]
    public void Fault_with_a_time_is_armed_in_its_span_of_lab_time_only()
    {
        _faults.Add(new Fault(FaultKind.Slow) { At = TimeSpan.FromMinutes(10), Duration = TimeSpan.FromMinutes(5) });

        _faults.Next("vc1", "Login").ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(1));
        _faults.Next("vc1", "Login").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(29));
        _faults.Next("vc1", "Login").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        _faults.Next("vc1", "Login").ShouldBeNull();
    }

    [Fact]
    public void Duration_without_a_time_counts_from_the_moment_the_fault_is_added()
    {
        _time.Advance(TimeSpan.FromHours(1));
        _faults.Add(new Fault(FaultKind.Slow) { Duration = TimeSpan.FromMinutes(1) });

        _faults.Next("vc1", "Login").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(6));
        _faults.Next("vc1", "Login").ShouldBeNull();
    }

    [Fact]
    public void Kind_a_door_cannot_act_out_is_neither_returned_nor_counted()
    {
        _faults.Add(new Fault(FaultKind.DiskFull));

        _faults.Next("esx01", "sftp put", FaultKind.Slow, FaultKind.Cut).ShouldBeNull();
        _faults.All.Single().Hits.ShouldBe(0);
        _faults.Next("esx01", "sftp put", FaultKind.DiskFull).ShouldNotBeNull();
    }

    [Fact]
    public void Lasting_condition_is_looked_at_without_being_counted()
    {
        _faults.Add(new Fault(FaultKind.PingLoss) { Endpoint = "127.10.*", Times = 1 });

        _faults.Standing(FaultKind.PingLoss, "127.10.1.21").ShouldNotBeNull();
        _faults.Standing(FaultKind.PingLoss, "127.10.1.21").ShouldNotBeNull();
        _faults.Standing(FaultKind.PingLoss, "127.20.1.1").ShouldBeNull();
    }

    [Fact]
    public void Numbers_are_not_given_twice()
    {
        _faults.Add(new Fault(FaultKind.Cut)).Number.ShouldBe(1);
        _faults.Remove(1).ShouldBeTrue();
        _faults.Remove(1).ShouldBeFalse();
        _faults.Add(new Fault(FaultKind.Cut)).Number.ShouldBe(2);
        _faults.Clear().ShouldBe(1);
        _faults.All.ShouldBeEmpty();
    }

    [Fact]
    public void Hits_are_told()
    {
        var told = new List<string>();
        _faults.Hit += (fault, endpoint, operation) => told.Add($"{fault.Number} {endpoint} {operation}");
        _faults.Add(new Fault(FaultKind.Garbled) { Times = 1 });

        _faults.Next("vc1", "Login");
        _faults.Next("vc1", "Logout");

        told.ShouldBe(["1 vc1 Login"]);
    }

    [Fact]
    public void Each_operation_is_hit_by_one_fault_even_when_many_ask_at_once()
    {
        _faults.Add(new Fault(FaultKind.Cut) { After = 100, Times = 50 });
        var hits = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (_faults.Next("vc1", "Login") is not null)
                Interlocked.Increment(ref hits);
        });

        hits.ShouldBe(50);
    }
}
