using Microsoft.Data.Sqlite;
using OpsKit.Connections;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Journal;

/// <summary>
/// The locks of targets. A lock holds while its run's process lives, or while its run has a change of that target whose outcome is open: then
/// only resuming or giving up that run lets go of it. Any other lock is left over from a crash and free to take.
/// </summary>
internal static class RunLocks
{
    private const string Open = "SELECT summary FROM changes WHERE run = $1 AND target = $2 AND status IN ('Intended', 'Unknown') ORDER BY place LIMIT 1";

    /// <summary>Takes the locks within the caller's transaction: all, or none by throwing.</summary>
    /// <exception cref="OpsKitException">Kind Locked, naming the run and the target.</exception>
    public static void Take(SqliteConnection connection, string run, IEnumerable<string> targets, Func<string, bool> isAlive)
    {
        foreach (var target in targets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var holder = JournalDatabase.Rows(connection, "SELECT run FROM locks WHERE target = $1", row => row.GetString(0), target).SingleOrDefault();
            if (holder is not null && holder != run)
                RequireFree(connection, holder, target, isAlive);
            JournalDatabase.Run(connection, "INSERT INTO locks (target, run) VALUES ($1, $2) ON CONFLICT (target) DO UPDATE SET run = $2", target, run);
        }
    }

    /// <summary>Lets go of a run's locks but those of targets whose changes are open.</summary>
    public static void Release(SqliteConnection connection, string run) => JournalDatabase.Run(
        connection,
        "DELETE FROM locks WHERE run = $1 AND NOT EXISTS (SELECT 1 FROM changes WHERE changes.run = $1 AND changes.target = locks.target AND status IN ('Intended', 'Unknown'))",
        run);

    /// <summary>Lets go of all of a run's locks.</summary>
    public static int ReleaseAll(SqliteConnection connection, string run) => JournalDatabase.Run(connection, "DELETE FROM locks WHERE run = $1", run);

    private static void RequireFree(SqliteConnection connection, string holder, string target, Func<string, bool> isAlive)
    {
        if (isAlive(holder))
            throw new OpsKitException(FailureKind.Locked, $"is being worked on by run {holder}; nothing was begun", Name(target), $"opskit runs show {holder}");
        if (JournalDatabase.Rows(connection, Open, row => row.GetString(0), holder, target) is [var summary])
        {
            throw new OpsKitException(
                FailureKind.Locked,
                $"run {holder} ended before the outcome of \"{summary}\" was known; nothing was begun",
                Name(target),
                $"opskit runs resume {holder} looks and finishes it; opskit runs abort {holder} gives it up");
        }
    }

    /// <summary>The target's name out of its key, <c>host:vc1/esx01</c>.</summary>
    private static string Name(string target) => target[(target.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
