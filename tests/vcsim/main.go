// vcsim runs the vCenter simulator of the govmomi library as a process of its own, so that OpsKit
// can be tried and tested against a vim25 server that its authors did not write.
//
// It prints "name: value" lines on stdout (url, user, password, thumbprint, control) followed by "ready", and serves until
// it is interrupted or, with -stdin, until its standard input closes.
package main

import (
	"bufio"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/simulator"
)

type options struct {
	listen   string
	plain    bool
	certFile string
	keyFile  string
	user     string
	password string
	anyUser  bool
	esx      bool
	estate   string
	logFile  string
	stdin    bool
	model    *simulator.Model
}

func parse() options {
	o := options{}
	vpx := simulator.VPX()
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "address and port; port 0 picks a free one")
	flag.BoolVar(&o.plain, "plain", false, "plain HTTP instead of HTTPS")
	flag.StringVar(&o.certFile, "cert", "", "PEM certificate; a self-signed one is made where none is given")
	flag.StringVar(&o.keyFile, "key", "", "PEM key of -cert")
	flag.StringVar(&o.user, "user", "user", "the user that may log in")
	flag.StringVar(&o.password, "password", "pass", "that user's password")
	flag.BoolVar(&o.anyUser, "any-user", false, "accept any non-empty user and password")
	flag.BoolVar(&o.esx, "esx", false, "a standalone ESXi host instead of a vCenter")
	flag.IntVar(&vpx.Datacenter, "datacenters", vpx.Datacenter, "datacenters")
	flag.IntVar(&vpx.Cluster, "clusters", vpx.Cluster, "clusters per datacenter")
	flag.IntVar(&vpx.ClusterHost, "hosts", vpx.ClusterHost, "hosts per cluster")
	flag.IntVar(&vpx.Host, "standalone-hosts", vpx.Host, "hosts outside clusters, per datacenter")
	flag.IntVar(&vpx.Machine, "vms", vpx.Machine, "virtual machines per resource pool (a cluster or a standalone host has one)")
	flag.IntVar(&vpx.Datastore, "datastores", vpx.Datastore, "datastores per datacenter")
	flag.StringVar(&o.estate, "estate", "", "JSON file that makes the inventory realistic (see estate.go)")
	flag.StringVar(&o.logFile, "log", "", "write one line per SOAP call to this file, - for stderr")
	flag.BoolVar(&o.stdin, "stdin", false, "stop when standard input closes")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q", flag.Arg(0))
	}

	o.model = vpx
	if o.esx {
		machines := vpx.Machine
		o.model = simulator.ESX()
		o.model.Machine = machines
	}
	return o
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("vcsim: ")
	o := parse()

	if err := o.model.Create(); err != nil {
		log.Fatal(err)
	}
	if o.estate != "" {
		if err := applyEstate(o.estate); err != nil {
			log.Fatalf("%s: %s", o.estate, err)
		}
	}

	service := o.model.Service
	service.Listen = &url.URL{Host: o.listen}
	if !o.anyUser {
		service.Listen.User = url.UserPassword(o.user, o.password)
	}
	thumbprint := ""
	if !o.plain {
		cert, err := certificate(o.certFile, o.keyFile)
		if err != nil {
			log.Fatal(err)
		}
		service.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
		thumbprint = fingerprint(cert)
	}

	server := service.NewServer()
	traffic := newTraffic(service, !o.anyUser, logWriter(o.logFile))
	server.Config.Handler = traffic.wrap(server.Config.Handler)

	base := *server.URL
	base.User = nil
	fmt.Printf("url: %s\n", base.String())
	fmt.Printf("user: %s\npassword: %s\n", o.user, o.password)
	if thumbprint != "" {
		fmt.Printf("thumbprint: %s\n", thumbprint)
	}
	base.Path = controlPrefix
	fmt.Printf("control: %s\nready\n", base.String())

	wait(o.stdin)
	o.model.Remove()
}

func logWriter(path string) io.Writer {
	switch path {
	case "":
		return io.Discard
	case "-":
		return os.Stderr
	}
	file, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	return file
}

func wait(stdin bool) {
	done := make(chan struct{})
	if stdin {
		go func() {
			_, _ = io.Copy(io.Discard, bufio.NewReader(os.Stdin))
			close(done)
		}()
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-done:
	case <-signals:
	}
}
