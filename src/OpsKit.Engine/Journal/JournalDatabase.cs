using System.Globalization;
using Microsoft.Data.Sqlite;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Engine.Journal;

/// <summary>The journal's SQLite file: opened in WAL mode with every commit on the disk before it returns.</summary>
internal sealed class JournalDatabase : IDisposable
{
    /// <summary>How long another process may hold the file.</summary>
    private const int BusySeconds = 15;

    private const int DiskFull = 13;
    private const int ReadOnly = 8;
    private const int Busy = 5;
    private const int LockedTable = 6;

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    public JournalDatabase(string folder)
    {
        PrivateFiles.CreateFolder(folder);
        File = Path.Combine(folder, "journal.db");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = File, DefaultTimeout = BusySeconds, Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate,
        }.ToString());
        try
        {
            Guarded(() =>
            {
                MakePrivate();
                _connection.Open();
                Run(_connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
                JournalSchema.Bring(_connection, File);
                return true;
            });
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The database's file.</summary>
    public string File { get; }

    /// <summary>Does work in a transaction of its own; what was done is on the disk when this returns.</summary>
    /// <exception cref="OpsKitException">The journal cannot be written; nothing of the work is kept.</exception>
    public T Write<T>(Func<SqliteConnection, T> work) => Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var result = work(_connection);
        transaction.Commit();
        return result;
    });

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteConnection> work) => Write(connection =>
    {
        work(connection);
        return true;
    });

    /// <summary>Reads.</summary>
    public T Read<T>(Func<SqliteConnection, T> work) => Guarded(() => work(_connection));

    public void Dispose()
    {
        lock (_lock)
            _connection.Dispose();
    }

    /// <summary>A statement with its parameters, <c>$1</c>, <c>$2</c> and so on.</summary>
    public static SqliteCommand Statement(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; every value is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var place = 0; place < values.Length; place++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${place + 1}"), values[place] ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs a statement; how many rows it touched.</summary>
    public static int Run(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Statement(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads rows.</summary>
    public static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Statement(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            lock (_lock)
                return work();
        }
        catch (SqliteException e)
        {
            throw Failure(e.SqliteErrorCode, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(0, e.Message, e);
        }
    }

    private OpsKitException Failure(int code, string message, Exception cause) => code switch
    {
        DiskFull => new OpsKitException(FailureKind.Failed, "the journal cannot be written, the disk is full; nothing is done that it cannot record", File, "make room, then opskit runs resume last", cause),
        ReadOnly => new OpsKitException(FailureKind.Usage, "the journal cannot be written, its folder is read-only; nothing is done that it cannot record", File, "set OPSKIT_STATE_DIR to a folder you can write", cause),
        Busy or LockedTable => new OpsKitException(FailureKind.Locked, $"the journal is held by another process for more than {BusySeconds} s", File, "wait for it to end, then try again", cause),
        _ => new OpsKitException(FailureKind.Usage, $"the journal cannot be used: {message}", File, "mend the file's folder, or set OPSKIT_STATE_DIR to another one", cause),
    };

    /// <summary>SQLite makes its other files with the mode of this one.</summary>
    private void MakePrivate()
    {
        if (System.IO.File.Exists(File))
            return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var made = new FileStream(File, options);
    }
}
