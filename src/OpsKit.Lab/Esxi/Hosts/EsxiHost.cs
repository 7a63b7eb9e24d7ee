using OpsKit.Lab.Doors;
using OpsKit.Lab.Esxi.Applets;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>A host with ESXi on it: each boot makes a system of its own, and the files in memory are new.</summary>
internal sealed class EsxiHost(LabEstate estate, LabHost host, EsxiDisks disks, FaultList faults, OperationLog log) : IDisposable
{
    private const int FirstPid = 34_000;
    private const int FirstPidOf7 = 2_100_000;

    private readonly Lock _gate = new();
    private Boot? _boot;
    private HostFiles? _files;
    private bool _disposed;

    private sealed record Boot(EsxiSystem System, CancellationTokenSource Ends, DateTimeOffset Time);

    public string Name { get; } = InventoryText.NameOf(host);

    public LabHost Host => host;

    public LabEstate Estate => estate;

    public OperationLog Log => log;

    /// <summary>The folder that is its <c>/</c>.</summary>
    public string Root => disks.RootOf(Name);

    /// <summary>Whether somebody could log in now.</summary>
    public bool IsUp
    {
        get
        {
            lock (estate.Gate)
                return host is { PoweredOn: true, Restarting: false };
        }
    }

    /// <summary>Whether SSH is switched on.</summary>
    public bool SshRuns
    {
        get
        {
            lock (estate.Gate)
                return host.Services.GetValueOrDefault("TSM-SSH");
        }
    }

    /// <summary>The system that runs, its files in place.</summary>
    public EsxiSystem System()
    {
        DateTimeOffset booted;
        lock (estate.Gate)
            booted = host.BootTime;
        if (Volatile.Read(ref _boot) is { } running && running.Time == booted)
            return running.System;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_boot is { } other && other.Time == booted)
                return other.System;
            Stop();
            var programs = new ProgramTable(AppletTable.For(host), HostPrograms.For(estate, host, Root, faults));
            var first = _files is null;
            _files = new HostFiles(Root, disks.VolumesOf(host, Name), disks.Modes, programs, estate.Clock, Writing);
            if (!first)
                HostSkeleton.ClearMemory(Root);
            HostSkeleton.Fill(Root, host, estate.Clock);
            var ends = new CancellationTokenSource();
            var boot = new Boot(new EsxiSystem(estate, host, _files, new HostProcesses(HostSettings.Major(host) >= 7 ? FirstPidOf7 : FirstPid, ends.Token), programs, log) { Name = Name }, ends, booted);
            Volatile.Write(ref _boot, boot);
            return boot.System;
        }
    }

    /// <summary>The power is gone: everything that ran has ended. Does not block.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _boot, null) is { } boot)
            _ = boot.Ends.CancelAsync();
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        Stop();
        ShellMounts.Forget(Root);
    }

    private void Writing(string path)
    {
        if (faults.Next(Name, ShellDoors.Upload, FaultKind.DiskFull) is not null)
            throw new HostFileException(HostFileException.NoSpace);
    }
}
