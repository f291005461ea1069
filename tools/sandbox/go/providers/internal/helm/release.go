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
	return remembered{Digest: digestOf(w.chart), Secrets: w.values.secrets}
}

// deploy installs or upgrades, whatever an earlier apply has left: one that was killed leaves a release that Helm takes to
// be under work for ever. isNew is whether Terraform knows of no release yet.
func (w *wanted) deploy(ctx context.Context, helm *action.Configuration, isNew bool) (*release.Release, error) {
	history, err := historyOf(helm, w.release.text("name"))
	if err != nil {
		return nil, err
	}
	if len(history) == 0 {
		return w.install(ctx, helm)
	}
	last := history[len(history)-1]
	switch {
	case abandoned(history):
		// Nothing whole to go back to: what there is of it goes first.
		if err := uninstall(helm, w.release, true); err != nil {
			return nil, err
		}
		return w.install(ctx, helm)
	case isNew && w.isAlready(last):
		// Terraform was killed after Helm had finished and before the state was written.
		return last, nil
	case isNew && !w.release.flag("upgrade_install"):
		// Somebody else's, which Helm refuses in its own words.
		return w.install(ctx, helm)
	}
	if last.Info.Status.IsPending() {
		last.SetStatus(release.StatusFailed, "Interrupted; the next revision makes up for it")
		if err := helm.Releases.Update(last); err != nil {
			return nil, err
		}
	}
	return w.upgrade(ctx, helm)
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

// abandoned is a release that was never whole, or is half gone.
func abandoned(history []*release.Release) bool {
	if history[len(history)-1].Info.Status == release.StatusUninstalling {
		return true
	}
	for _, revision := range history {
		if status := revision.Info.Status; status == release.StatusDeployed || status == release.StatusSuperseded {
			return false
		}
	}
	return true
}

func (w *wanted) isAlready(found *release.Release) bool {
	values, err := shown(found.Config, w.values.secrets)
	return err == nil && found.Info.Status == release.StatusDeployed && values == w.shown &&
		found.Chart.Name() == w.chart.Name() && found.Chart.Metadata.Version == w.chart.Metadata.Version
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
	install.Force = w.release.flag("force_update")
	install.DisableHooks = w.release.flag("disable_webhooks")
	install.DisableOpenAPIValidation = w.release.flag("disable_openapi_validation")
	install.SubNotes = w.release.flag("render_subchart_notes")
	install.TakeOwnership = w.release.flag("take_ownership")
	return install.RunWithContext(ctx, w.chart, merge(w.values.values, nil))
}

func (w *wanted) upgrade(ctx context.Context, helm *action.Configuration) (*release.Release, error) {
	upgrade := action.NewUpgrade(helm)
	upgrade.Namespace = w.release.text("namespace")
	upgrade.SkipCRDs = w.release.flag("skip_crds")
	upgrade.Atomic = w.release.flag("atomic")
	upgrade.CleanupOnFail = w.release.flag("cleanup_on_fail")
	upgrade.Wait = w.release.flag("wait")
	upgrade.WaitForJobs = w.release.flag("wait_for_jobs")
	upgrade.Timeout = timeoutOf(w.release)
	upgrade.Force = w.release.flag("force_update")
	upgrade.Recreate = w.release.flag("recreate_pods")
	upgrade.ReuseValues = w.release.flag("reuse_values")
	upgrade.ResetValues = w.release.flag("reset_values")
	upgrade.MaxHistory = w.release.whole("max_history")
	upgrade.DisableHooks = w.release.flag("disable_webhooks")
	upgrade.DisableOpenAPIValidation = w.release.flag("disable_openapi_validation")
	upgrade.SubNotes = w.release.flag("render_subchart_notes")
	upgrade.TakeOwnership = w.release.flag("take_ownership")
	return upgrade.RunWithContext(ctx, w.release.text("name"), w.chart, merge(w.values.values, nil))
}

// uninstall takes a release away; one that there is not is away already. leftover is what a killed apply has left: its
// hooks are not run, as they may need what was never made.
func uninstall(helm *action.Configuration, of arguments, leftover bool) error {
	history, err := historyOf(helm, of.text("name"))
	if err != nil || len(history) == 0 {
		return err
	}
	uninstall := action.NewUninstall(helm)
	uninstall.DisableHooks = leftover || of.flag("disable_webhooks")
	uninstall.Wait = leftover || of.flag("wait")
	uninstall.Timeout = timeoutOf(of)
	_, err = uninstall.Run(of.text("name"))
	return err
}

func timeoutOf(release arguments) time.Duration {
	return time.Duration(release.whole("timeout")) * time.Second
}
