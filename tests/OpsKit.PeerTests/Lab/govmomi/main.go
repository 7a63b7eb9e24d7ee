// What VMware's Go library makes of a lab: its finder, property collector, tasks, snapshots and counters. One JSON object is printed.
//
// usage: main -url URL -ca FILE, with GOVMOMI_PASSWORD in the environment
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"sort"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/license"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/performance"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

var found = map[string]interface{}{}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fault names the fault of a refused call or task.
func fault(err error) string {
	if err == nil {
		return ""
	}
	if soap.IsSoapFault(err) {
		return fmt.Sprintf("%T", soap.ToSoapFault(err).VimFault())
	}
	if failed, ok := err.(interface{ Fault() types.BaseMethodFault }); ok {
		return fmt.Sprintf("%T", failed.Fault())
	}
	return err.Error()
}

func main() {
	address := flag.String("url", "", "address of the service, with the user")
	authority := flag.String("ca", "", "PEM file of the certificate")
	flag.Parse()
	ctx := context.Background()
	u, err := url.Parse(*address)
	check(err)
	u.User = url.UserPassword(u.User.Username(), os.Getenv("GOVMOMI_PASSWORD"))
	transport := soap.NewClient(u, false)
	check(transport.SetRootCAs(*authority))
	vim, err := vim25.NewClient(ctx, transport)
	check(err)
	client := &govmomi.Client{Client: vim, SessionManager: session.NewManager(vim)}
	check(client.Login(ctx, u.User))

	list(ctx, client)
	properties(ctx, client)
	machine(ctx, client)
	counters(ctx, client)
	licences(ctx, client)

	check(client.Logout(ctx))
	again, err := client.SessionManager.UserSession(ctx)
	check(err)
	found["loggedOut"] = again == nil
	check(json.NewEncoder(os.Stdout).Encode(found))
}

// list does what "govc ls" and "govc find" do.
func list(ctx context.Context, client *govmomi.Client) {
	finder := find.NewFinder(client.Client, true)
	datacenter, err := finder.DefaultDatacenter(ctx)
	check(err)
	finder.SetDatacenter(datacenter)
	all, err := finder.VirtualMachineList(ctx, "/Lab/...")
	check(err)
	found["machines"] = len(all)
	web, err := finder.VirtualMachineList(ctx, "Prod/Web/*")
	check(err)
	names := []string{}
	for _, vm := range web {
		names = append(names, vm.InventoryPath)
	}
	sort.Strings(names)
	found["web"] = names
	hosts, err := finder.HostSystemList(ctx, "*/*")
	check(err)
	found["hosts"] = len(hosts)
	root, err := finder.ManagedObjectListChildren(ctx, "/*")
	check(err)
	children := []string{}
	for _, child := range root {
		children = append(children, child.Path)
	}
	sort.Strings(children)
	found["children"] = children
	stores, err := finder.DatastoreList(ctx, "*")
	check(err)
	found["datastores"] = len(stores)
	networks, err := finder.NetworkList(ctx, "*")
	check(err)
	found["networks"] = len(networks)
	_, err = finder.VirtualMachine(ctx, "nothing-of-the-kind")
	_, missing := err.(*find.NotFoundError)
	found["missing"] = missing
}

func properties(ctx context.Context, client *govmomi.Client) {
	manager := view.NewManager(client.Client)
	everything, err := manager.CreateContainerView(ctx, client.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	check(err)
	var machines []mo.VirtualMachine
	check(everything.Retrieve(ctx, []string{"VirtualMachine"}, nil, &machines))
	devices := 0
	for _, vm := range machines {
		devices += len(vm.Config.Hardware.Device)
	}
	found["whole"] = len(machines)
	found["devices"] = devices > 100
	check(everything.Destroy(ctx))

	var hosts []mo.HostSystem
	hostView, err := manager.CreateContainerView(ctx, client.ServiceContent.RootFolder, []string{"HostSystem"}, true)
	check(err)
	check(hostView.Retrieve(ctx, []string{"HostSystem"}, nil, &hosts))
	found["pnics"] = len(hosts[0].Config.Network.Pnic)
	check(hostView.Destroy(ctx))

	var collector = property.DefaultCollector(client.Client)
	found["unknown"] = fault(collector.RetrieveOne(ctx, hosts[0].Reference(), []string{"summary.nothing"}, &hosts[0]))
}

func machine(ctx context.Context, client *govmomi.Client) {
	finder := find.NewFinder(client.Client, true)
	vm, err := finder.VirtualMachine(ctx, "/Lab/vm/Test/test01")
	check(err)
	index, err := object.NewSearchIndex(client.Client).FindByUuid(ctx, nil, vm.UUID(ctx), true, nil)
	check(err)
	found["byUuid"] = index != nil && index.Reference() == vm.Reference()

	off, err := vm.PowerOff(ctx)
	check(err)
	check(off.Wait(ctx))
	state, err := vm.PowerState(ctx)
	check(err)
	found["off"] = state
	twice, err := vm.PowerOff(ctx)
	check(err)
	found["twice"] = fault(twice.Wait(ctx))
	on, err := vm.PowerOn(ctx)
	check(err)
	check(on.Wait(ctx))
	check(vm.WaitForPowerState(ctx, types.VirtualMachinePowerStatePoweredOn))

	limit := int64(320)
	devices, err := vm.Device(ctx)
	check(err)
	disk := devices.SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
	disk.StorageIOAllocation.Limit = &limit
	check(vm.EditDevice(ctx, disk))
	devices, err = vm.Device(ctx)
	check(err)
	found["limit"] = devices.SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk).StorageIOAllocation.Limit

	snapshot, err := vm.CreateSnapshot(ctx, "by govmomi", "", false, false)
	check(err)
	info, err := snapshot.WaitForResult(ctx, nil)
	check(err)
	found["snapshot"] = info.Result.(types.ManagedObjectReference).Type
	consolidate := true
	remove, err := vm.RemoveSnapshot(ctx, "by govmomi", false, &consolidate)
	check(err)
	check(remove.Wait(ctx))
	_, err = vm.FindSnapshot(ctx, "by govmomi")
	found["removed"] = err != nil
}

func counters(ctx context.Context, client *govmomi.Client) {
	finder := find.NewFinder(client.Client, true)
	vm, err := finder.VirtualMachine(ctx, "/Lab/vm/Prod/DB/db01")
	check(err)
	manager := performance.NewManager(client.Client)
	sample, err := manager.SampleByName(ctx, types.PerfQuerySpec{MaxSample: 1, IntervalId: 20, MetricId: []types.PerfMetricId{{Instance: "*"}}},
		[]string{"virtualDisk.numberWriteAveraged.average"}, []types.ManagedObjectReference{vm.Reference()})
	check(err)
	series, err := manager.ToMetricSeries(ctx, sample)
	check(err)
	found["series"] = len(series[0].Value)
}

func licences(ctx context.Context, client *govmomi.Client) {
	all, err := license.NewManager(client.Client).List(ctx)
	check(err)
	found["licences"] = len(all)
}
