using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Tests.Tasks;

public sealed class TaskTrailTests
{
    [Theory]
    [InlineData("before=")]
    [InlineData("before=task-1,task-2")]
    [InlineData("task=task-3")]
    [InlineData("state=2026-01-31T22:00:00Z; before=task-1; task=task-3")]
    public void Note_comes_back_as_it_was_written(string note) => TaskTrail.Parse(note).ToString().ShouldBe(note);

    [Fact]
    public void Note_of_another_kind_says_nothing() => TaskTrail.Parse("asked; it=is; so").ShouldBe(new TaskTrail { Before = TaskTrail.Parse("").Before });

    [Fact]
    public void Own_task_is_the_one_that_was_not_there_before()
    {
        var trail = TaskTrail.Parse("before=task-1,task-2");

        trail.Own([Task("task-1"), Task("task-2")]).ShouldBeNull();
        trail.Own([Task("task-2"), Task("task-3"), Task("task-4")])!.Id.ShouldBe("task-3");
    }

    [Fact]
    public void Task_that_was_named_is_the_only_own_one()
    {
        var trail = TaskTrail.Parse("before=task-1; task=task-3");

        trail.Own([Task("task-1"), Task("task-4")]).ShouldBeNull();
        trail.Own([Task("task-4"), Task("task-3")])!.Id.ShouldBe("task-3");
    }

    private static RecentTask Task(string id) => new(id, "HostSystem.reboot", RecentTaskState.UnderWay);
}
