package helm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"helm.sh/helm/v3/pkg/kube"
)

// probeEvery and patience decide when an API server that does not answer is given up: one that is restarted has its time.
const (
	probeEvery = 5 * time.Second
	patience   = 30 * time.Second
)

var errUnreachable = errors.New("the API server has not answered")

// whileReachable waits as Helm does, but no longer for an API server that has gone: Helm itself would wait for it until
// the release's timeout.
func whileReachable(client *kube.Client, wait func() error) error {
	done := make(chan error, 1)
	go func() { done <- wait() }()
	answered := time.Now()
	for {
		select {
		case err := <-done:
			return err
		case <-time.After(probeEvery):
		}
		if err := probe(client); err == nil {
			answered = time.Now()
		} else if time.Since(answered) > patience {
			return fmt.Errorf("%w for %s: %w", errUnreachable, patience, err)
		}
	}
}

func probe(client *kube.Client) error {
	set, err := client.Factory.KubernetesClientSet()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeEvery)
	defer cancel()
	return set.Discovery().RESTClient().Get().AbsPath("/version").Do(ctx).Error()
}
