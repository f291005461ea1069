package helm

import (
	"testing"

	"helm.sh/helm/v3/pkg/release"
)

func TestAReleaseThatWasNeverWholeIsAbandoned(t *testing.T) {
	const (
		deployed     = release.StatusDeployed
		superseded   = release.StatusSuperseded
		failed       = release.StatusFailed
		installing   = release.StatusPendingInstall
		upgrading    = release.StatusPendingUpgrade
		uninstalling = release.StatusUninstalling
	)
	for _, test := range []struct {
		revisions []release.Status
		want      bool
	}{
		{[]release.Status{installing}, true},
		{[]release.Status{failed}, true},
		{[]release.Status{failed, failed}, true},
		{[]release.Status{superseded, uninstalling}, true},
		{[]release.Status{deployed}, false},
		{[]release.Status{deployed, upgrading}, false},
		{[]release.Status{superseded, failed}, false},
	} {
		var history []*release.Release
		for _, status := range test.revisions {
			history = append(history, &release.Release{Info: &release.Info{Status: status}})
		}
		if got := abandoned(history); got != test.want {
			t.Errorf("%v: %v", test.revisions, got)
		}
	}
}
