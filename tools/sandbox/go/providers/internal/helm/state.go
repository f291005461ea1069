package helm

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"helm.sh/helm/v3/pkg/release"
)

var stateType = releaseSchema().ValueType().(tftypes.Object)

// remembered is what is kept beside the state, where nobody reads it.
type remembered struct {
	// Secrets are the paths of the values that are not shown.
	Secrets []string `json:"secrets,omitempty"`
}

func remember(private []byte) remembered {
	var read remembered
	// A release that was imported has none.
	_ = json.Unmarshal(private, &read)
	return read
}

func (r remembered) private() []byte {
	document, _ := json.Marshal(r)
	return document
}

// observed are the attributes that a release itself tells.
func observed(found *release.Release, secrets []string) (arguments, error) {
	values, err := shown(found.Config, secrets)
	if err != nil {
		return nil, err
	}
	info, chart := found.Info, found.Chart.Metadata
	metadata := map[string]tftypes.Value{
		"name":           text(found.Name),
		"namespace":      text(found.Namespace),
		"chart":          text(chart.Name),
		"version":        text(chart.Version),
		"app_version":    text(chart.AppVersion),
		"values":         text(values),
		"notes":          text(info.Notes),
		"revision":       tftypes.NewValue(tftypes.Number, int64(found.Version)),
		"first_deployed": tftypes.NewValue(tftypes.Number, info.FirstDeployed.Unix()),
		"last_deployed":  tftypes.NewValue(tftypes.Number, info.LastDeployed.Unix()),
	}
	return arguments{
		"id":       text(found.Name),
		"status":   text(info.Status.String()),
		"metadata": tftypes.NewValue(stateType.AttributeTypes["metadata"], metadata),
	}, nil
}
