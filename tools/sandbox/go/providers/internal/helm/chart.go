package helm

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/cli"
	"helm.sh/helm/v3/pkg/downloader"
	"helm.sh/helm/v3/pkg/getter"
	"helm.sh/helm/v3/pkg/registry"
)

// standIn is the annotation by which a chart says that it stands in for another, and what it leaves out.
const standIn = "demarc.local/stand-in"

// chartOf loads the release's chart: from a folder or an archive, relative to where Terraform runs, or from a repository.
func chartOf(release arguments) (*chart.Chart, error) {
	// What a repository serves is kept from the user's own Helm, whose cache goes by name and version alone.
	cache, err := os.MkdirTemp("", "helm-charts-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(cache)
	settings := cli.New()
	settings.RepositoryCache = cache

	path, err := located(release, settings)
	if err != nil {
		return nil, err
	}
	loaded, err := loader.Load(path)
	if err != nil {
		return nil, err
	}
	if kind := loaded.Metadata.Type; kind != "" && kind != "application" {
		return nil, fmt.Errorf("chart %s is a %s chart, which cannot be installed", loaded.Name(), kind)
	}
	missing := action.CheckDependencies(loaded, loaded.Metadata.Dependencies)
	if missing == nil {
		return loaded, nil
	}
	if !release.flag("dependency_update") {
		return nil, fmt.Errorf("%w; set dependency_update, or run `helm dependency update`", missing)
	}
	return updated(path, settings)
}

func located(release arguments, settings *cli.EnvSettings) (string, error) {
	// The fields of an Install, as a registry's client can be set on one alone.
	options := action.NewInstall(&action.Configuration{})
	options.ChartPathOptions = action.ChartPathOptions{
		CaFile:             release.text("repository_ca_file"),
		CertFile:           release.text("repository_cert_file"),
		KeyFile:            release.text("repository_key_file"),
		Username:           release.text("repository_username"),
		Password:           release.text("repository_password"),
		PassCredentialsAll: release.flag("pass_credentials"),
		RepoURL:            release.text("repository"),
		Version:            release.text("version"),
	}
	if options.Version == "" && release.flag("devel") {
		options.Version = ">0.0.0-0"
	}
	name := release.text("chart")
	if registry.IsOCI(options.RepoURL) {
		name = strings.TrimSuffix(options.RepoURL, "/") + "/" + name
		options.RepoURL = ""
	}
	if registry.IsOCI(name) {
		client, err := registry.NewClient(registry.ClientOptWriter(io.Discard))
		if err != nil {
			return "", err
		}
		options.SetRegistryClient(client)
	}
	return options.LocateChart(name, settings)
}

// updated is the chart of a folder after its dependencies were downloaded into it.
func updated(path string, settings *cli.EnvSettings) (*chart.Chart, error) {
	dependencies := &downloader.Manager{
		Out:              io.Discard,
		ChartPath:        filepath.Clean(path),
		Getters:          getter.All(settings),
		RepositoryConfig: settings.RepositoryConfig,
		RepositoryCache:  settings.RepositoryCache,
	}
	if err := dependencies.Update(); err != nil {
		return nil, err
	}
	return loader.Load(path)
}
