package helm

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"helm.sh/helm/v3/pkg/release"

	"demarc.local/sandbox/providers/internal/protocol"
)

// computed attributes tell what became of a release; nobody gives them.
var computed = []string{"id", "status", "manifest", "resources", "metadata"}

// PlanResourceChange asks nothing of the cluster: what the release has become was read before. It loads the chart, so that
// a chart or version that is not to be had, or values that are no YAML, are found before anything is changed.
func (s *Server) PlanResourceChange(_ context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	response := &tfprotov6.PlanResourceChangeResponse{PlannedState: request.ProposedNewState, PlannedPrivate: request.PriorPrivate}
	proposed, err := request.ProposedNewState.Unmarshal(stateType)
	if err != nil || proposed.IsNull() {
		return response, err
	}
	prior, err := request.PriorState.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	config, err := request.Config.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	planned := planOf(argumentsOf(proposed), argumentsOf(config))

	var want *wanted
	given := planned.with(arguments{"set_wo": argumentsOf(config)["set_wo"]})
	if given.with(nothing(computed...)).with(versionGiven(config)).known() {
		if want, err = wantedOf(given.with(versionGiven(config))); err != nil {
			response.Diagnostics = protocol.Failed("The release cannot be made", err.Error())
			return response, nil
		}
		response.PlannedPrivate = want.remembered().private()
	}
	before := argumentsOf(prior)
	planned["version"] = versionOf(argumentsOf(config), want)
	if prior.IsNull() || changed(before, planned) || !whole(before) {
		planned["id"] = planned["name"]
		planned["status"] = text(release.StatusDeployed.String())
		planned["metadata"] = unknown("metadata")
		planned["manifest"], planned["resources"] = null("manifest"), null("resources")
	} else {
		planned = before
	}
	if !prior.IsNull() {
		response.RequiresReplace = replaced(before, planned)
	}
	state, err := tfprotov6.NewDynamicValue(stateType, planned.value())
	response.PlannedState = &state
	return response, err
}

// planOf are the arguments with their defaults; what is write-only is never in a plan.
func planOf(proposed, config arguments) arguments {
	planned := proposed.with(nothing("set_wo"))
	for name, value := range defaults {
		if config[name].IsNull() {
			planned[name] = tftypes.NewValue(stateType.AttributeTypes[name], value)
		}
	}
	return planned
}

func nothing(names ...string) arguments {
	none := arguments{}
	for _, name := range names {
		none[name] = null(name)
	}
	return none
}

// versionGiven is the version as it was asked for: not the one that an earlier apply has found.
func versionGiven(config tftypes.Value) arguments {
	return arguments{"version": argumentsOf(config)["version"]}
}

// versionOf is what was asked for, else the newest that there is.
func versionOf(config arguments, want *wanted) tftypes.Value {
	switch {
	case !config["version"].IsNull():
		return config["version"]
	case want == nil:
		return unknown("version")
	default:
		return text(want.chart.Metadata.Version)
	}
}

func changed(before, planned arguments) bool {
	return !before.with(nothing(computed...)).value().Equal(planned.with(nothing(computed...)).value())
}

// whole is whether a release is as Helm says that it should be. The real provider asks no more: values that somebody's Helm has
// changed, or a chart that changed under its version, it does not see.
func whole(before arguments) bool {
	return before.text("status") == release.StatusDeployed.String()
}

func replaced(before, planned arguments) []*tftypes.AttributePath {
	var paths []*tftypes.AttributePath
	for _, name := range replacing {
		if !before[name].Equal(planned[name]) {
			paths = append(paths, tftypes.NewAttributePath().WithAttributeName(name))
		}
	}
	return paths
}
