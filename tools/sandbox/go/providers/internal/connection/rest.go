package connection

import (
	"fmt"
	"path/filepath"
	"sort"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/util/homedir"
)

// Requests per second and burst of one client: a plan of one stack reads some hundred objects at once.
const (
	requestsPerSecond = 100
	burst             = 200
)

// RESTConfig is what client-go connects by. An argument wins over the kubeconfig's value, as in the real providers.
// userAgent is the name under which the API server's log knows the caller.
func (s *Settings) RESTConfig(userAgent string) (*rest.Config, error) {
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(s.loadingRules(), s.overrides()).ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("the connection to the cluster is not valid; give host and cluster_ca_certificate, or config_path: %w", err)
	}
	config.UserAgent = userAgent
	config.QPS = requestsPerSecond
	config.Burst = burst
	// A warning of the API server (a deprecated field) belongs in its log, not in Terraform's plugin log.
	config.WarningHandler = rest.NoWarnings{}
	return config, nil
}

func (s *Settings) loadingRules() *clientcmd.ClientConfigLoadingRules {
	loading := &clientcmd.ClientConfigLoadingRules{}
	for _, path := range s.ConfigPaths {
		expanded := path
		if len(path) > 1 && path[:2] == "~/" {
			expanded = filepath.Join(homedir.HomeDir(), path[2:])
		}
		loading.Precedence = append(loading.Precedence, expanded)
	}
	if len(loading.Precedence) == 1 {
		loading.ExplicitPath = loading.Precedence[0]
	}
	return loading
}

func (s *Settings) overrides() *clientcmd.ConfigOverrides {
	overrides := &clientcmd.ConfigOverrides{
		ClusterInfo: api.Cluster{
			Server:                s.Host,
			TLSServerName:         s.TLSServerName,
			InsecureSkipTLSVerify: s.Insecure,
			ProxyURL:              s.ProxyURL,
		},
		AuthInfo: api.AuthInfo{
			Token:    s.Token,
			Username: s.Username,
			Password: s.Password,
		},
		CurrentContext: s.ConfigContext,
	}
	if s.ClusterCACertificate != "" {
		overrides.ClusterInfo.CertificateAuthorityData = []byte(s.ClusterCACertificate)
	}
	if s.ClientCertificate != "" {
		overrides.AuthInfo.ClientCertificateData = []byte(s.ClientCertificate)
	}
	if s.ClientKey != "" {
		overrides.AuthInfo.ClientKeyData = []byte(s.ClientKey)
	}
	overrides.Context.AuthInfo = s.ConfigContextAuthInfo
	overrides.Context.Cluster = s.ConfigContextCluster
	if s.Exec != nil {
		overrides.AuthInfo.Exec = s.Exec.config()
	}
	return overrides
}

func (e *Exec) config() *api.ExecConfig {
	config := &api.ExecConfig{
		APIVersion:      e.APIVersion,
		Command:         e.Command,
		Args:            e.Args,
		InteractiveMode: api.NeverExecInteractiveMode,
	}
	names := make([]string, 0, len(e.Env))
	for name := range e.Env {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		config.Env = append(config.Env, api.ExecEnvVar{Name: name, Value: e.Env[name]})
	}
	return config
}
