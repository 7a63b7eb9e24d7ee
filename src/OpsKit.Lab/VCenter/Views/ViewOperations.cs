using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Views;

/// <summary>The operations of the view manager and of views, under the estate's gate.</summary>
internal static class ViewOperations
{
    internal static ManagedObjectReference Create(ObjectSpace space, CreateContainerViewRequest request)
    {
        if (!Containment.IsContainer(space.Shape(request.Container!)))
            throw VimFaults.InvalidArgument("container");
        foreach (var type in request.Type)
            PropertyCollector.FilterPlan.ManagedType(space.Schema, type, "type");
        var session = space.Session!;
        return session.Add(new LabContainerView(session.NewReference("ContainerView"), space.Inventory, request.Container!, request.Type, request.Recursive == true)).Reference;
    }

    internal static ManagedObjectReference Create(ObjectSpace space, IEnumerable<ManagedObjectReference> members)
    {
        var session = space.Session!;
        return session.Add(new LabListView(session.NewReference("ListView"), Existing(space, members, out _))).Reference;
    }

    internal static ManagedObjectReference CreateFrom(ObjectSpace space, ManagedObjectReference view) => Create(space, View(space, view).Members);

    /// <returns>Those to add that do not exist.</returns>
    internal static IReadOnlyList<ManagedObjectReference> Modify(ObjectSpace space, ModifyListViewRequest request)
    {
        var view = (LabListView)View(space, request.Self);
        view.Set(view.Members.Except(request.Remove).Concat(Existing(space, request.Add, out var unknown)));
        return unknown;
    }

    /// <inheritdoc cref="Modify"/>
    internal static IReadOnlyList<ManagedObjectReference> Reset(ObjectSpace space, ManagedObjectReference self, IEnumerable<ManagedObjectReference> members)
    {
        ((LabListView)View(space, self)).Set(Existing(space, members, out var unknown));
        return unknown;
    }

    internal static void ResetFrom(ObjectSpace space, ResetListViewFromViewRequest request) => Reset(space, request.Self, View(space, request.View!).Members);

    internal static void Destroy(ObjectSpace space, ManagedObjectReference self) => space.Session!.Remove(View(space, self));

    private static LabView View(ObjectSpace space, ManagedObjectReference reference) =>
        space.Session!.Find(reference) as LabView ?? throw VimFaults.ObjectNotFound(reference);

    private static List<ManagedObjectReference> Existing(ObjectSpace space, IEnumerable<ManagedObjectReference> members, out IReadOnlyList<ManagedObjectReference> unknown)
    {
        var (there, gone) = (new List<ManagedObjectReference>(), new List<ManagedObjectReference>());
        foreach (var member in members)
            (space.TypeOf(member) is null ? gone : there).Add(member);
        unknown = gone;
        return there;
    }
}
