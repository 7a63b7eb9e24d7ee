using System.Globalization;
using Microsoft.Data.Sqlite;
using OpsKit.Connections;

namespace OpsKit.Engine.Journal;

/// <summary>The tables of the journal, and the way from older versions of them.</summary>
internal static class JournalSchema
{
    /// <summary>Raised with each change of the tables.</summary>
    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE runs (
            id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, playbook TEXT NOT NULL, file TEXT, inventory TEXT, vars TEXT NOT NULL,
            playbook_text TEXT NOT NULL, plan TEXT NOT NULL, started_by TEXT NOT NULL, lock_keys TEXT NOT NULL,
            status TEXT NOT NULL, reason TEXT, started TEXT NOT NULL, ended TEXT, process INTEGER NOT NULL);
        CREATE TABLE steps (
            run TEXT NOT NULL REFERENCES runs(id), number INTEGER NOT NULL, name TEXT NOT NULL, verb TEXT NOT NULL,
            started TEXT, ended TEXT, completed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, number));
        CREATE TABLE changes (
            run TEXT NOT NULL REFERENCES runs(id), step INTEGER NOT NULL, target TEXT NOT NULL, change TEXT NOT NULL, place INTEGER NOT NULL,
            target_name TEXT NOT NULL, summary TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, impact TEXT NOT NULL, arguments TEXT NOT NULL,
            status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, note TEXT, detail TEXT, started TEXT, ended TEXT,
            PRIMARY KEY (run, step, target, change));
        CREATE TABLE attempts (
            run TEXT NOT NULL REFERENCES runs(id), step INTEGER NOT NULL, target TEXT NOT NULL, change TEXT NOT NULL, number INTEGER NOT NULL,
            process INTEGER NOT NULL, started TEXT NOT NULL, ended TEXT, status TEXT NOT NULL, note TEXT, detail TEXT,
            PRIMARY KEY (run, step, target, change, number));
        CREATE TABLE events (
            run TEXT NOT NULL REFERENCES runs(id), sequence INTEGER NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, step INTEGER NOT NULL,
            target TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, sequence));
        CREATE TABLE locks (target TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs(id));
        """;

    /// <summary>Makes the tables where there are none.</summary>
    /// <exception cref="OpsKitException">A newer opskit has made them.</exception>
    public static void Bring(SqliteConnection connection, string file)
    {
        if (VersionOf(connection) == Version)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        var found = VersionOf(connection);
        if (found > Version)
            throw new OpsKitException(FailureKind.Usage, $"was written by a newer opskit (format {found}, this one knows {Version})", file, "use the newer opskit, or set OPSKIT_STATE_DIR to another folder");
        if (found == 0)
            JournalDatabase.Run(connection, Tables + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Version};"));
        transaction.Commit();
    }

    private static int VersionOf(SqliteConnection connection) =>
        JournalDatabase.Rows(connection, "PRAGMA user_version", reader => reader.GetInt32(0))[0];
}
