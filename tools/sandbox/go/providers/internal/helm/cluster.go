package helm

import (
	"fmt"
	"sync"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/kube"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// cluster is how Helm reaches the API server: a RESTClientGetter without a kubeconfig. What it has discovered is kept
// while one release is worked on, so that a custom resource which another release brings is seen by the next.
type cluster struct {
	config    *rest.Config
	namespace string

	once       sync.Once
	discovered discovery.CachedDiscoveryInterface
	err        error
}

// helmOn is Helm for the releases of one namespace; the records of releases are Secrets there.
func helmOn(config *rest.Config, namespace string) (*action.Configuration, error) {
	getter := &cluster{config: config, namespace: namespace}
	helm := &action.Configuration{}
	if err := helm.Init(getter, namespace, "secrets", silent); err != nil {
		return nil, err
	}
	client, ok := helm.KubeClient.(*kube.Client)
	if !ok {
		return nil, fmt.Errorf("Helm's Kubernetes client is a %T", helm.KubeClient)
	}
	helm.KubeClient = &explainingClient{Client: client}
	return helm, nil
}

// silent takes what Helm would tell its user while it works: Terraform shows the outcome.
func silent(string, ...any) {}

// ToRESTConfig gives a copy each time: Helm's clients write the group and version of a kind into theirs, and releases are
// worked on beside each other.
func (c *cluster) ToRESTConfig() (*rest.Config, error) {
	return rest.CopyConfig(c.config), nil
}

func (c *cluster) ToDiscoveryClient() (discovery.CachedDiscoveryInterface, error) {
	c.once.Do(func() {
		client, err := discovery.NewDiscoveryClientForConfig(c.config)
		if err != nil {
			c.err = err
			return
		}
		c.discovered = memory.NewMemCacheClient(client)
	})
	return c.discovered, c.err
}

func (c *cluster) ToRESTMapper() (meta.RESTMapper, error) {
	client, err := c.ToDiscoveryClient()
	if err != nil {
		return nil, err
	}
	return restmapper.NewDeferredDiscoveryRESTMapper(client), nil
}

func (c *cluster) ToRawKubeConfigLoader() clientcmd.ClientConfig {
	overrides := &clientcmd.ConfigOverrides{Context: api.Context{Namespace: c.namespace}}
	return clientcmd.NewDefaultClientConfig(api.Config{}, overrides)
}
