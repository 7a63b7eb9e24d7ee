package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

const controlPrefix = "/control"

var serviceInstance = vim25.ServiceInstance

// traffic sits before the simulator: it counts every SOAP call, refuses reads without a login (the simulator allows
// them) and answers a few control requests, so that tests can expire sessions and make calls fail.
type traffic struct {
	service      *simulator.Service
	requireLogin bool
	log          io.Writer
	tasks        tasks

	mu    sync.Mutex
	calls []string
	plans map[string]*plan
}

// plan is what POST /control/fail asked for: the next times calls of a method fail.
type plan struct {
	status int
	fault  string
	times  int
}

func newTraffic(service *simulator.Service, requireLogin bool, log io.Writer) *traffic {
	return &traffic{service: service, requireLogin: requireLogin, log: log, plans: map[string]*plan{}}
}

func (t *traffic) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, controlPrefix):
			t.control(w, r)
		case r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, vim25.Path):
			t.sdk(w, r, next)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (t *traffic) sdk(w http.ResponseWriter, r *http.Request, next http.Handler) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	method := operation(body)
	failure := t.record(method)
	switch {
	case failure != nil && failure.fault != "":
		writeFault(w, failure.fault)
	case failure != nil:
		http.Error(w, "injected by the test", failure.status)
	case t.requireLogin && !open[method] && !t.loggedIn(r):
		writeFault(w, "NotAuthenticated")
	default:
		next.ServeHTTP(w, r)
	}
}

// open lists what a vCenter answers without a session.
var open = map[string]bool{"RetrieveServiceContent": true, "Login": true, "LoginByToken": true, "LoginExtensionByCertificate": true, "CloneSession": true}

func (t *traffic) record(method string) *plan {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = append(t.calls, method)
	fmt.Fprintf(t.log, "%d %s %s\n", len(t.calls), time.Now().UTC().Format(time.RFC3339Nano), method)
	p := t.plans[method]
	if p == nil || p.times == 0 {
		return nil
	}
	p.times--
	return p
}

func (t *traffic) loggedIn(r *http.Request) bool {
	cookie, err := r.Cookie(soap.SessionCookieName)
	if err != nil {
		return false
	}
	for _, session := range t.sessions() {
		if session.Key == cookie.Value {
			return true
		}
	}
	return false
}

func (t *traffic) sessions() []types.UserSession {
	client, err := vim25.NewClient(context.Background(), t.service)
	if err != nil {
		return nil
	}
	var manager mo.SessionManager
	err = property.DefaultCollector(client).RetrieveOne(context.Background(), *client.ServiceContent.SessionManager, []string{"sessionList"}, &manager)
	if err != nil {
		return nil
	}
	return manager.SessionList
}

func (t *traffic) expire() (int, error) {
	client, err := vim25.NewClient(context.Background(), t.service)
	if err != nil {
		return 0, err
	}
	request := types.TerminateSession{This: *client.ServiceContent.SessionManager}
	for _, session := range t.sessions() {
		request.SessionId = append(request.SessionId, session.Key)
	}
	_, err = methods.TerminateSession(context.Background(), client, &request)
	return len(request.SessionId), err
}

// control serves GET calls and sessions, POST expire, reset, fail?method=M&times=N&status=S (or &fault=Type),
// tasks/start?count=N, tasks/progress?percent=P and tasks/finish.
func (t *traffic) control(w http.ResponseWriter, r *http.Request) {
	switch r.Method + strings.TrimPrefix(r.URL.Path, controlPrefix) {
	case "GET/calls":
		t.mu.Lock()
		defer t.mu.Unlock()
		writeJSON(w, append([]string{}, t.calls...))
	case "GET/sessions":
		users := []string{}
		for _, session := range t.sessions() {
			users = append(users, session.UserName)
		}
		writeJSON(w, users)
	case "POST/expire":
		count, err := t.expire()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		writeJSON(w, count)
	case "POST/reset":
		t.mu.Lock()
		defer t.mu.Unlock()
		t.calls, t.plans = nil, map[string]*plan{}
		writeJSON(w, true)
	case "POST/fail":
		query := r.URL.Query()
		times, err := strconv.Atoi(query.Get("times"))
		status, _ := strconv.Atoi(query.Get("status"))
		if err != nil || query.Get("method") == "" || (status == 0 && query.Get("fault") == "") {
			http.Error(w, "fail needs method, times and status or fault", http.StatusBadRequest)
			return
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.plans[query.Get("method")] = &plan{status: status, fault: query.Get("fault"), times: times}
		writeJSON(w, true)
	case "POST/tasks/start", "POST/tasks/progress", "POST/tasks/finish":
		t.controlTasks(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (t *traffic) controlTasks(w http.ResponseWriter, r *http.Request) {
	number := func(name string) int {
		value, _ := strconv.Atoi(r.URL.Query().Get(name))
		return value
	}
	switch strings.TrimPrefix(r.URL.Path, controlPrefix+"/tasks/") {
	case "start":
		writeJSON(w, t.tasks.start(number("count")))
	case "progress":
		writeJSON(w, t.tasks.progress(int32(number("percent"))))
	default:
		writeJSON(w, t.tasks.finish())
	}
}

func writeJSON(w http.ResponseWriter, value interface{}) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

func writeFault(w http.ResponseWriter, fault string) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>The session is not authenticated.</faultstring><detail><%[1]sFault xmlns="urn:vim25" xsi:type="%[1]s"/></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`, fault)
}

// operation is the local name of the first element in the SOAP body.
func operation(body []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	inBody := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return "?"
		}
		if start, ok := token.(xml.StartElement); ok {
			if inBody {
				return start.Name.Local
			}
			inBody = start.Name.Local == "Body"
		}
	}
}
