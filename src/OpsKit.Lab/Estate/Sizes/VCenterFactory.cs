namespace OpsKit.Lab.Estate;

/// <summary>Makes vCenters with their accounts, and what hangs on them directly.</summary>
internal static class VCenterFactory
{
    public const string Administrator = "administrator@vsphere.local";
    public const string Auditor = "readonly@vsphere.local";

    /// <summary>What a role that may look at everything and change nothing has.</summary>
    public static readonly IReadOnlySet<string> ReadOnly = new HashSet<string>(StringComparer.Ordinal) { "System.Anonymous", "System.View", "System.Read" };

    public static LabVCenter VCenter(this LabEstate estate, string name, string datacenter)
    {
        var vCenter = new LabVCenter { Name = name, InstanceUuid = estate.Uuid(), Datacenter = datacenter };
        vCenter.Accounts.Add(new LabAccount(Administrator, estate.Password()));
        vCenter.Accounts.Add(new LabAccount(Auditor, estate.Password(), ReadOnly));
        estate.VCenters.Add(vCenter);
        return vCenter;
    }

    public static LabCluster Cluster(this LabEstate estate, LabVCenter vCenter, string name)
    {
        var cluster = new LabCluster { Id = $"domain-c{estate.NextId()}", Name = name, VCenter = vCenter };
        estate.Clusters.Add(cluster);
        return cluster;
    }

    /// <summary>A shared datastore that all the hosts given see.</summary>
    public static LabDatastore Datastore(this LabEstate estate, string name, IEnumerable<LabHost> hosts, long terabytes, string type = "VMFS")
    {
        var uuid = estate.Uuid();
        var datastore = new LabDatastore
        {
            Id = $"datastore-{estate.NextId()}",
            Name = name,
            Url = type == "NFS" ? $"ds:///vmfs/volumes/{uuid[..8]}-{uuid[9..13]}{uuid[14..18]}/" : $"ds:///vmfs/volumes/{uuid[..8]}-{uuid[24..32]}-{uuid[14..18]}-{uuid[24..]}/",
            Type = type,
            CapacityBytes = terabytes << 40,
            FreeBytes = terabytes << 40,
        };
        datastore.Hosts.AddRange(hosts);
        estate.Datastores.Add(datastore);
        return datastore;
    }
}
