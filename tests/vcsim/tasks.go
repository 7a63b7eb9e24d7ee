package main

import (
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// tasks run until a test ends them: the simulator's own have ended before the call that starts them returns.
type tasks struct {
	mu      sync.Mutex
	running []*simulator.Task
}

// start begins count tasks, spread over the virtual machines, and returns their keys.
func (t *tasks) start(count int) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	machines := byName("VirtualMachine")
	keys := []string{}
	for i := 0; i < count && len(machines) > 0; i++ {
		task := simulator.CreateTask(machines[i%len(machines)], "relocate", nil)
		update(task, types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateRunning})
		t.running = append(t.running, task)
		keys = append(keys, task.Self.Value)
	}
	return keys
}

// progress tells of all of them how far they are.
func (t *tasks) progress(percent int32) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, task := range t.running {
		update(task, types.PropertyChange{Name: "info.progress", Val: percent})
	}
	return len(t.running)
}

// finish ends all of them well.
func (t *tasks) finish() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	ended := t.running
	t.running = nil
	for _, task := range ended {
		update(task, types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateSuccess})
	}
	return len(ended)
}

func update(task *simulator.Task, change types.PropertyChange) {
	simulator.Map.WithLock(task.Self, func() { simulator.Map.Update(task, []types.PropertyChange{change}) })
}
