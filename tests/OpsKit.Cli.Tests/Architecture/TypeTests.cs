using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.xUnitV3;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace OpsKit.Cli.Tests.Architecture;

/// <summary>What types may know, and how they are named and closed.</summary>
public sealed class TypeTests
{
    private static readonly IObjectProvider<IType> Changes = Types().That().Are(typeof(IVimChanges), typeof(VimChanges)).As("the vim25 changes");

    private static readonly IObjectProvider<IType> Shells = Types().That().Are(typeof(SshSession), typeof(SshShell), typeof(SshConnector), typeof(DetachedRun), typeof(IApplyingDoors)).As("shells that take any command");

    [Fact]
    public void Reader_planner_calculator_or_report_never_reaches_a_change()
    {
        IArchRule rule = Types().That().ResideInAssembly(Layers.Modules)
            .And().HaveNameMatching("(Reader|Planner|Calculator|Report)$")
            .Should().NotDependOnAny(Changes)
            .Because("a plan that can change something is no plan");

        rule.Check(Layers.Loaded);
    }

    [Fact]
    public void Reader_planner_calculator_or_report_never_reaches_a_shell_that_takes_any_command()
    {
        IArchRule rule = Types().That().ResideInAssembly(Layers.Modules)
            .And().HaveNameMatching("(Reader|Planner|Calculator|Report)$")
            .Should().NotDependOnAny(Shells)
            .Because("what plans runs commands that are declared to read, through ShellQueries");

        rule.Check(Layers.Loaded);
    }

    [Fact]
    public void Planning_doors_hand_out_nothing_that_changes()
    {
        var handedOut = new HashSet<System.Type>();
        Collect(typeof(IPlanningDoors), handedOut);

        handedOut.ShouldContain(typeof(ShellQueries));
        handedOut.ShouldContain(typeof(IVimQueries));
        handedOut.Intersect([typeof(SshSession), typeof(SshShell), typeof(SshConnector), typeof(DetachedRun), typeof(IVimChanges), typeof(VimChanges), typeof(IApplyingDoors)]).ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_change_reaches_a_change()
    {
        IArchRule rule = Types().That().ResideInAssembly(Layers.Modules, Layers.Engine, Layers.Cli)
            .And().DoNotHaveNameMatching("Change$")
            .Should().NotDependOnAny(Changes)
            .Because("changes are applied by types named so, one by one, under guards");

        rule.Check(Layers.Loaded);
    }

    [Fact]
    public void Query_interface_offers_no_change()
    {
        typeof(IVimQueries).GetInterfaces().ShouldBeEmpty();
        var changes = typeof(IVimChanges).GetMethods().Select(m => m.Name).ToList();
        changes.ShouldNotBeEmpty();
        typeof(IVimQueries).GetMethods().Select(m => m.Name).Intersect(changes).ShouldBeEmpty();
    }

    [Fact]
    public void Module_draws_nothing()
    {
        IArchRule rule = Types().That().ResideInAssembly(Layers.Modules, Layers.Engine, Layers.Connections)
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Spectre\.Console|^System\.CommandLine");

        rule.Check(Layers.Loaded);
    }

    [Fact]
    public void Error_has_one_of_two_bases()
    {
        // What a reader of archives throws to itself never leaves it: it is caught where the file is opened.
        var errors = Layers.HandWrittenTypes.Where(t => t.IsSubclassOf(typeof(Exception)) && t.Name != "ArchiveException" && t.BaseType?.Name != "ArchiveException");

        foreach (var error in errors)
        {
            (typeof(OpsKitException).IsAssignableFrom(error) || typeof(VimException).IsAssignableFrom(error))
                .ShouldBeTrue($"{error} is neither an OpsKitException nor a VimException: the console could not say what to do next");
        }
    }

    [Fact]
    public void Class_is_sealed_static_or_abstract_unless_it_is_a_base()
    {
        var classes = Layers.HandWrittenTypes.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false }).ToList();
        var bases = Layers.InOrder.SelectMany(a => a.GetTypes()).Select(t => t.BaseType).Where(t => t is not null)
            .Select(t => t!.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();

        classes.Where(t => !bases.Contains(t) && t != typeof(VimFaultException)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Manager")]
    [InlineData("Helper")]
    [InlineData("Helpers")]
    [InlineData("Util")]
    [InlineData("Utils")]
    [InlineData("Utilities")]
    public void Name_says_what_a_type_is(string vague) =>
        Layers.HandWrittenTypes.Where(t => t.Name.EndsWith(vague, StringComparison.Ordinal) && t.Assembly != Layers.Vim25).ShouldBeEmpty();

    [Fact]
    public void Async_method_is_named_so_and_takes_a_cancellation_token()
    {
        var methods = Layers.HandWrittenTypes.Where(t => t.IsPublic && t.Assembly != Layers.Vim25)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute)) && typeof(Task).IsAssignableFrom(m.ReturnType));

        foreach (var method in methods)
        {
            var name = $"{method.DeclaringType!.Name}.{method.Name}";
            method.Name.ShouldEndWith("Async", customMessage: name);
            method.GetParameters().ShouldContain(p => p.ParameterType == typeof(CancellationToken), name);
        }
    }

    /// <summary>The types that can be had from one by its properties and methods, and theirs.</summary>
    private static void Collect(System.Type type, HashSet<System.Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, found);
        if (type.Namespace?.StartsWith("OpsKit", StringComparison.Ordinal) != true || !found.Add(type))
            return;
        foreach (var given in type.GetProperties().Select(p => p.PropertyType).Concat(type.GetMethods().Select(m => m.ReturnType)))
            Collect(given, found);
    }
}
