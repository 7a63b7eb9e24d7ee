package main

import (
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// licenseAssignments stands in for the simulator's own LicenseAssignmentManager, which knows one evaluation licence only.
// It answers as a vCenter does: entity id (or all when none is asked for), name, scope and the whole licence.
type licenseAssignments struct {
	mo.LicenseAssignmentManager

	byKey    map[string]types.LicenseManagerLicenseInfo
	assigned []types.LicenseAssignmentManagerLicenseAssignment
}

func installLicenses(rules []licenseRule) *licenseAssignments {
	assignments := &licenseAssignments{byKey: map[string]types.LicenseManagerLicenseInfo{"eval": simulator.EvalLicense}}
	if len(rules) == 0 {
		return assignments
	}

	content := simulator.Map.Get(serviceInstance).(*simulator.ServiceInstance).Content
	manager := simulator.Map.Get(*content.LicenseManager).(*simulator.LicenseManager)
	manager.Licenses = []types.LicenseManagerLicenseInfo{simulator.EvalLicense}
	for _, rule := range rules {
		license := rule.info()
		manager.Licenses = append(manager.Licenses, license)
		assignments.byKey[rule.Key] = license
	}
	if manager.LicenseAssignmentManager != nil {
		assignments.Self = *manager.LicenseAssignmentManager
		simulator.Map.Put(assignments)
	}
	return assignments
}

func (r licenseRule) info() types.LicenseManagerLicenseInfo {
	info := types.LicenseManagerLicenseInfo{
		LicenseKey: r.Key,
		EditionKey: r.Edition,
		Name:       r.Name,
		CostUnit:   r.Unit,
		Total:      r.Total,
		Used:       r.Used,
	}
	for _, key := range sortedKeys(r.Properties) {
		info.Properties = append(info.Properties, types.KeyAnyValue{Key: key, Value: r.Properties[key]})
	}
	if r.Expires != nil {
		info.Properties = append(info.Properties, types.KeyAnyValue{Key: "expirationDate", Value: *r.Expires})
	}
	for _, key := range sortedKeys(r.Labels) {
		info.Labels = append(info.Labels, types.KeyValue{Key: key, Value: r.Labels[key]})
	}
	return info
}

func (m *licenseAssignments) assign(entity, name, key string) error {
	kept := m.assigned[:0]
	for _, row := range m.assigned {
		if row.EntityId != entity {
			kept = append(kept, row)
		}
	}
	m.assigned = kept
	if key == "none" {
		return nil
	}
	license, ok := m.byKey[key]
	if !ok {
		return fmt.Errorf("host %s: licence %q is not in \"licenses\"", name, key)
	}
	about := simulator.Map.Get(serviceInstance).(*simulator.ServiceInstance).Content.About
	m.assigned = append(m.assigned, types.LicenseAssignmentManagerLicenseAssignment{
		EntityId:          entity,
		Scope:             about.InstanceUuid,
		EntityDisplayName: name,
		AssignedLicense:   license,
	})
	return nil
}

// QueryAssignedLicenses answers for one entity, or for all of them.
func (m *licenseAssignments) QueryAssignedLicenses(req *types.QueryAssignedLicenses) soap.HasFault {
	response := &types.QueryAssignedLicensesResponse{}
	for _, row := range m.assigned {
		if req.EntityId == "" || req.EntityId == row.EntityId {
			response.Returnval = append(response.Returnval, row)
		}
	}
	return &methods.QueryAssignedLicensesBody{Res: response}
}
