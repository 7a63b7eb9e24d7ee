package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"sort"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// estate is what -estate reads: rules that give the simulator's uniform inventory the unevenness of a real one.
// Hosts and machines are matched by name with a shell pattern ("*" for all); rules apply in order, a later one wins.
type estate struct {
	About    *aboutRule    `json:"about"`
	Licenses []licenseRule `json:"licenses"`
	Hosts    []hostRule    `json:"hosts"`
	VMs      []vmRule      `json:"vms"`
}

type aboutRule struct {
	Name         string `json:"name"`
	InstanceUuid string `json:"instanceUuid"`
	Version      string `json:"version"`
	ApiVersion   string `json:"apiVersion"`
	Build        string `json:"build"`
	// License is the key assigned to the vCenter itself.
	License string `json:"license"`
}

type licenseRule struct {
	Key        string            `json:"key"`
	Edition    string            `json:"edition"`
	Name       string            `json:"name"`
	Unit       string            `json:"unit"`
	Total      int32             `json:"total"`
	Used       int32             `json:"used"`
	Properties map[string]string `json:"properties"`
	Expires    *time.Time        `json:"expires"`
	Labels     map[string]string `json:"labels"`
}

type hostRule struct {
	Match           string `json:"match"`
	Name            string `json:"name"`
	Sockets         int16  `json:"sockets"`
	Cores           int16  `json:"cores"`
	MemoryGB        int64  `json:"memoryGB"`
	Model           string `json:"model"`
	Vendor          string `json:"vendor"`
	Version         string `json:"version"`
	Build           string `json:"build"`
	ConnectionState string `json:"connectionState"`
	// License is a key of "licenses"; "eval" puts the host in evaluation, "none" leaves it without an assignment.
	License string `json:"license"`
}

type vmRule struct {
	Match      string `json:"match"`
	Name       string `json:"name"`
	MemoryMB   int32  `json:"memoryMB"`
	CPUs       int32  `json:"cpus"`
	PowerState string `json:"powerState"`
	Template   *bool  `json:"template"`
	// FtRole is 1 for a fault tolerance primary, 2 for a secondary.
	FtRole int32 `json:"ftRole"`
}

func applyEstate(file string) error {
	input, err := os.Open(file)
	if err != nil {
		return err
	}
	defer input.Close()
	var e estate
	decoder := json.NewDecoder(input)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return err
	}

	applyAbout(e.About)
	licenses := installLicenses(e.Licenses)
	if e.About != nil && e.About.License != "" {
		about := simulator.Map.Get(serviceInstance).(*simulator.ServiceInstance).Content.About
		if err := licenses.assign(about.InstanceUuid, about.Name, e.About.License); err != nil {
			return err
		}
	}
	for _, rule := range e.Hosts {
		if err := applyHost(rule, licenses); err != nil {
			return err
		}
	}
	for _, rule := range e.VMs {
		if err := applyVM(rule); err != nil {
			return err
		}
	}
	return nil
}

func applyAbout(rule *aboutRule) {
	if rule == nil {
		return
	}
	about := &simulator.Map.Get(serviceInstance).(*simulator.ServiceInstance).Content.About
	set(&about.Name, rule.Name)
	set(&about.InstanceUuid, rule.InstanceUuid)
	set(&about.Version, rule.Version)
	set(&about.ApiVersion, rule.ApiVersion)
	set(&about.Build, rule.Build)
	about.FullName = fmt.Sprintf("%s %s build-%s", about.Name, about.Version, about.Build)
}

func applyHost(rule hostRule, licenses *licenseAssignments) error {
	matched := false
	for _, entity := range byName("HostSystem") {
		host := entity.(*simulator.HostSystem)
		if !matches(rule.Match, host.Name) {
			continue
		}
		matched = true
		cpu, hardware := &host.Hardware.CpuInfo, host.Summary.Hardware
		if rule.Sockets != 0 {
			cpu.NumCpuPackages, hardware.NumCpuPkgs = rule.Sockets, rule.Sockets
		}
		if rule.Cores != 0 {
			cpu.NumCpuCores, hardware.NumCpuCores = rule.Cores, rule.Cores
			cpu.NumCpuThreads, hardware.NumCpuThreads = 2*rule.Cores, 2*rule.Cores
		}
		if rule.MemoryGB != 0 {
			host.Hardware.MemorySize, hardware.MemorySize = rule.MemoryGB<<30, rule.MemoryGB<<30
		}
		set(&host.Hardware.SystemInfo.Model, rule.Model)
		set(&hardware.Model, rule.Model)
		set(&host.Hardware.SystemInfo.Vendor, rule.Vendor)
		set(&hardware.Vendor, rule.Vendor)
		if rule.Version != "" {
			// Hosts share their product record until one of them differs.
			product := host.Config.Product
			product.Version, product.ApiVersion = rule.Version, rule.Version
			set(&product.Build, rule.Build)
			product.FullName = fmt.Sprintf("%s %s build-%s", product.Name, product.Version, product.Build)
			host.Config.Product = product
			copied := product
			host.Summary.Config.Product = &copied
		}
		if rule.ConnectionState != "" {
			host.Runtime.ConnectionState = types.HostSystemConnectionState(rule.ConnectionState)
		}
		if rule.Name != "" {
			host.Name, host.Summary.Config.Name = rule.Name, rule.Name
		}
		if rule.License != "" {
			if err := licenses.assign(host.Self.Value, host.Name, rule.License); err != nil {
				return err
			}
		}
	}
	if !matched {
		return fmt.Errorf("no host matches %q", rule.Match)
	}
	return nil
}

func applyVM(rule vmRule) error {
	matched := false
	for _, entity := range byName("VirtualMachine") {
		vm := entity.(*simulator.VirtualMachine)
		if !matches(rule.Match, vm.Name) {
			continue
		}
		matched = true
		if rule.MemoryMB != 0 {
			vm.Config.Hardware.MemoryMB, vm.Summary.Config.MemorySizeMB = rule.MemoryMB, rule.MemoryMB
		}
		if rule.CPUs != 0 {
			vm.Config.Hardware.NumCPU, vm.Summary.Config.NumCpu = rule.CPUs, rule.CPUs
		}
		if rule.PowerState != "" {
			state := types.VirtualMachinePowerState(rule.PowerState)
			vm.Runtime.PowerState, vm.Summary.Runtime.PowerState = state, state
		}
		if rule.Template != nil {
			vm.Config.Template, vm.Summary.Config.Template = *rule.Template, *rule.Template
		}
		if rule.Name != "" {
			vm.Name, vm.Config.Name, vm.Summary.Config.Name = rule.Name, rule.Name, rule.Name
		}
		if rule.FtRole != 0 {
			info := &types.FaultToleranceConfigInfo{Role: rule.FtRole, InstanceUuids: []string{vm.Config.InstanceUuid}}
			vm.Config.FtInfo, vm.Summary.Config.FtInfo = info, info
		}
	}
	if !matched {
		return fmt.Errorf("no virtual machine matches %q", rule.Match)
	}
	return nil
}

// byName gives a stable order: the simulator keeps its objects in a map.
func byName(kind string) []mo.Entity {
	all := simulator.Map.All(kind)
	sort.Slice(all, func(i, j int) bool { return all[i].Entity().Name < all[j].Entity().Name })
	return all
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

func set(field *string, value string) {
	if value != "" {
		*field = value
	}
}

func sortedKeys(values map[string]string) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
