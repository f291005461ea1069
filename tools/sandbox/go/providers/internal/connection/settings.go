package connection

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Settings are the connection's arguments as they were given; what was not given is empty.
type Settings struct {
	Host                  string
	ClusterCACertificate  string
	TLSServerName         string
	Insecure              bool
	ProxyURL              string
	Token                 string
	Username              string
	Password              string
	ClientCertificate     string
	ClientKey             string
	ConfigPaths           []string
	ConfigContext         string
	ConfigContextAuthInfo string
	ConfigContextCluster  string
	Exec                  *Exec
}

// Exec is a command that prints an ExecCredential.
type Exec struct {
	APIVersion string
	Command    string
	Args       []string
	Env        map[string]string
}

// Read takes the settings from an object with the arguments of Attributes and `exec`, which may be an object or a list
// of one. Known is false while any of them is unknown, as a host is before its cluster is made: nothing can be asked
// of the cluster then. A null object is a connection without arguments.
func Read(config tftypes.Value) (settings *Settings, known bool, err error) {
	if !config.IsFullyKnown() {
		return nil, false, nil
	}
	settings = &Settings{}
	if config.IsNull() {
		return settings, true, nil
	}
	var arguments map[string]tftypes.Value
	if err := config.As(&arguments); err != nil {
		return nil, false, err
	}
	for name, into := range map[string]*string{
		"host":                     &settings.Host,
		"cluster_ca_certificate":   &settings.ClusterCACertificate,
		"tls_server_name":          &settings.TLSServerName,
		"proxy_url":                &settings.ProxyURL,
		"token":                    &settings.Token,
		"username":                 &settings.Username,
		"password":                 &settings.Password,
		"client_certificate":       &settings.ClientCertificate,
		"client_key":               &settings.ClientKey,
		"config_context":           &settings.ConfigContext,
		"config_context_auth_info": &settings.ConfigContextAuthInfo,
		"config_context_cluster":   &settings.ConfigContextCluster,
	} {
		if err := arguments[name].As(into); err != nil {
			return nil, false, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := arguments["insecure"].As(&settings.Insecure); err != nil {
		return nil, false, fmt.Errorf("insecure: %w", err)
	}
	if settings.ConfigPaths, err = readPaths(arguments); err != nil {
		return nil, false, err
	}
	settings.Exec, err = readExec(arguments["exec"])
	return settings, err == nil, err
}

func readPaths(arguments map[string]tftypes.Value) ([]string, error) {
	var path string
	if err := arguments["config_path"].As(&path); err != nil {
		return nil, fmt.Errorf("config_path: %w", err)
	}
	paths, err := readStrings(arguments["config_paths"])
	if err != nil {
		return nil, fmt.Errorf("config_paths: %w", err)
	}
	if path == "" {
		return paths, nil
	}
	if len(paths) > 0 {
		return nil, fmt.Errorf("config_path and config_paths are both given: leave one out")
	}
	return []string{path}, nil
}

func readExec(value tftypes.Value) (*Exec, error) {
	if value.IsNull() {
		return nil, nil
	}
	if value.Type().Is(tftypes.List{}) {
		var blocks []tftypes.Value
		if err := value.As(&blocks); err != nil {
			return nil, err
		}
		if len(blocks) == 0 {
			return nil, nil
		}
		value = blocks[0]
	}
	var arguments map[string]tftypes.Value
	if err := value.As(&arguments); err != nil {
		return nil, fmt.Errorf("exec: %w", err)
	}
	exec := &Exec{Env: map[string]string{}}
	if err := arguments["api_version"].As(&exec.APIVersion); err != nil {
		return nil, fmt.Errorf("exec.api_version: %w", err)
	}
	if err := arguments["command"].As(&exec.Command); err != nil {
		return nil, fmt.Errorf("exec.command: %w", err)
	}
	var err error
	if exec.Args, err = readStrings(arguments["args"]); err != nil {
		return nil, fmt.Errorf("exec.args: %w", err)
	}
	var variables map[string]tftypes.Value
	if err := arguments["env"].As(&variables); err != nil {
		return nil, fmt.Errorf("exec.env: %w", err)
	}
	for name, value := range variables {
		var text string
		if err := value.As(&text); err != nil {
			return nil, fmt.Errorf("exec.env.%s: %w", name, err)
		}
		exec.Env[name] = text
	}
	return exec, nil
}

func readStrings(value tftypes.Value) ([]string, error) {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	var texts []string
	for _, element := range elements {
		var text string
		if err := element.As(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}
