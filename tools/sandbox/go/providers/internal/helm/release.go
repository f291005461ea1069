package helm

import (
	"context"
	"errors"
	"time"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/releaseutil"
	"helm.sh/helm/v3/pkg/storage/driver"
)

// wanted is what a release is to be made of.
type wanted struct {
	release arguments
	chart   *chart.Chart
	values  releaseValues
	// shown are the values as JSON, without the secrets.
	shown string
}

func wantedOf(release arguments) (*wanted, error) {
	values, err := valuesOf(release)
	if err != nil {
		return nil, err
	}
	json, err := shown(values.values, values.secrets)
	if err != nil {
		return nil, err
	}
	chart, err := chartOf(release)
	if err != nil {
		return nil, err
	}
	return &wanted{release: release, chart: chart, values: values, shown: json}, nil
}

func (w *wanted) remembered() remembered {
	return remembered{Secrets: w.values.secrets}
}

// deploy installs or upgrades as the real provider does: what a killed apply has left is tools/deploy's to put right. isNew is whether
// Terraform knows of no release yet.
func (w *wanted) deploy(ctx context.Context, helm *action.Configuration, isNew bool) (*release.Release, error) {
	if !isNew {
		return w.upgrade(ctx, helm)
	}
	history, err := historyOf(helm, w.release.text("name"))
	if err != nil {
		return nil, err
	}
	if len(history) > 0 && w.release.flag("upgrade_install") {
		return w.takeOver(ctx, helm)
	}
	return w.install(ctx, helm)
}

// historyOf are the revisions of a release, the oldest first; none where there is no such release.
func historyOf(helm *action.Configuration, name string) ([]*release.Release, error) {
	if err := helm.KubeClient.IsReachable(); err != nil {
		return nil, err
	}
	history, err := helm.Releases.History(name)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return nil, nil
	}
	releaseutil.SortByRevision(history)
	return history, err
}

func (w *wanted) install(ctx context.Context, helm *action.Configuration) (*release.Release, error) {
	install := action.NewInstall(helm)
	install.ReleaseName = w.release.text("name")
	install.Namespace = w.release.text("namespace")
	install.CreateNamespace = w.release.flag("create_namespace")
	install.Replace = w.release.flag("replace")
	install.SkipCRDs = w.release.flag("skip_crds")
	install.Atomic = w.release.flag("atomic")
	install.Wait = w.release.flag("wait")
	install.WaitForJobs = w.release.flag("wait_for_jobs")
	install.Timeout = timeoutOf(w.release)
	install.DisableHooks = w.release.flag("disable_webhooks")
	install.DisableOpenAPIValidation = w.release.flag("disable_openapi_validation")
	install.SubNotes = w.release.flag("render_subchart_notes")
	install.TakeOwnership = w.release.flag("take_ownership")
	return install.RunWithContext(ctx, w.chart, merge(w.values.values, nil))
}

// takeOver upgrades a release that Terraform does not know. The real provider heeds fewer arguments then.
func (w *wanted) takeOver(ctx context.Context, helm *action.Configuration) (*release.Release, error) {
	return w.run(ctx, w.upgradeOf(helm))
}

func (w *wanted) upgrade(ctx context.Context, helm *action.Configuration) (*release.Release, error) {
	upgrade := w.upgradeOf(helm)
	upgrade.CleanupOnFail = w.release.flag("cleanup_on_fail")
	upgrade.WaitForJobs = w.release.flag("wait_for_jobs")
	upgrade.Force = w.release.flag("force_update")
	upgrade.Recreate = w.release.flag("recreate_pods")
	upgrade.ReuseValues = w.release.flag("reuse_values")
	upgrade.ResetValues = w.release.flag("reset_values")
	upgrade.MaxHistory = w.release.whole("max_history")
	upgrade.TakeOwnership = w.release.flag("take_ownership")
	return w.run(ctx, upgrade)
}

func (w *wanted) upgradeOf(helm *action.Configuration) *action.Upgrade {
	upgrade := action.NewUpgrade(helm)
	upgrade.Namespace = w.release.text("namespace")
	upgrade.SkipCRDs = w.release.flag("skip_crds")
	upgrade.Atomic = w.release.flag("atomic")
	upgrade.Wait = w.release.flag("wait")
	upgrade.Timeout = timeoutOf(w.release)
	upgrade.DisableHooks = w.release.flag("disable_webhooks")
	upgrade.DisableOpenAPIValidation = w.release.flag("disable_openapi_validation")
	upgrade.SubNotes = w.release.flag("render_subchart_notes")
	return upgrade
}

func (w *wanted) run(ctx context.Context, upgrade *action.Upgrade) (*release.Release, error) {
	return upgrade.RunWithContext(ctx, w.release.text("name"), w.chart, merge(w.values.values, nil))
}

// uninstall takes a release away; one that there is not is away already.
func uninstall(helm *action.Configuration, of arguments) error {
	history, err := historyOf(helm, of.text("name"))
	if err != nil || len(history) == 0 {
		return err
	}
	uninstall := action.NewUninstall(helm)
	uninstall.DisableHooks = of.flag("disable_webhooks")
	uninstall.Wait = of.flag("wait")
	uninstall.Timeout = timeoutOf(of)
	_, err = uninstall.Run(of.text("name"))
	return err
}

func timeoutOf(release arguments) time.Duration {
	return time.Duration(release.whole("timeout")) * time.Second
}
