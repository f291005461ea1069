package helm

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"helm.sh/helm/v3/pkg/action"

	"demarc.local/sandbox/providers/internal/protocol"
)

// ApplyResourceChange installs, upgrades or uninstalls. After an error the state tells nothing of a new release, as with the real
// provider, even where it is there and failed; and of one that was there, what it is now.
func (s *Server) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	ctx, cancel := s.untilStopped(ctx)
	defer cancel()
	planned, err := request.PlannedState.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	prior, err := request.PriorState.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	config, err := request.Config.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.ApplyResourceChangeResponse{NewState: request.PriorState, Private: request.PlannedPrivate}
	if planned.IsNull() {
		response.Diagnostics = s.remove(argumentsOf(prior))
		if response.Diagnostics == nil {
			response.NewState = request.PlannedState
		}
		return response, nil
	}
	before, after := argumentsOf(prior), argumentsOf(planned)
	name := fmt.Sprintf("%s/%s", after.text("namespace"), after.text("name"))
	helm, err := s.helm(after.text("namespace"))
	if err != nil {
		response.Diagnostics = protocol.Failed("Release "+name+" was not touched", err.Error())
		return response, nil
	}
	want, err := wantedOf(after.with(versionGiven(config)).with(arguments{"set_wo": argumentsOf(config)["set_wo"]}))
	if err != nil {
		response.Diagnostics = protocol.Failed("Release "+name+" was not touched", err.Error())
		return response, nil
	}
	state, err := want.applied(ctx, helm, before, after)
	if err != nil {
		response.Diagnostics = protocol.Failed("Release "+name+" failed", explained(err, want))
	}
	response.Private = want.remembered().private()
	value := tftypes.NewValue(stateType, nil)
	if state != nil {
		value = state.value()
	}
	dynamic, err := tfprotov6.NewDynamicValue(stateType, value)
	response.NewState = &dynamic
	return response, err
}

// applied is the state after the change, or after an error what is left of it; nil where there is nothing.
func (w *wanted) applied(ctx context.Context, helm *action.Configuration, before, after arguments) (arguments, error) {
	isNew := len(before) == 0
	_, err := w.deploy(ctx, helm, isNew)
	if err == nil {
		return w.stateOf(helm, after)
	}
	if isNew {
		return nil, err
	}
	// The error of the release is what counts, whatever became of asking once more.
	left, _ := w.stateOf(helm, before)
	if left == nil {
		left = before
	}
	return left, err
}

// stateOf are the arguments with what the release tells of itself now; nil where there is no release.
func (w *wanted) stateOf(helm *action.Configuration, base arguments) (arguments, error) {
	history, err := historyOf(helm, w.release.text("name"))
	if err != nil || len(history) == 0 {
		return nil, err
	}
	told, err := observed(history[len(history)-1], w.values.secrets)
	if err != nil {
		return nil, err
	}
	state := base.with(told)
	if !state["version"].IsKnown() {
		state["version"] = text(w.chart.Metadata.Version)
	}
	return state, nil
}

func (s *Server) remove(prior arguments) []*tfprotov6.Diagnostic {
	helm, err := s.helm(prior.text("namespace"))
	if err == nil {
		err = uninstall(helm, prior)
	}
	if err == nil {
		return nil
	}
	name := fmt.Sprintf("%s/%s", prior.text("namespace"), prior.text("name"))
	return protocol.Failed("Release "+name+" was not uninstalled", err.Error())
}

// explained adds to Helm's message what a chart that stands in for another says of itself, when it refuses a value.
func explained(err error, want *wanted) string {
	note := want.chart.Metadata.Annotations[standIn]
	if note == "" || !strings.Contains(err.Error(), "values don't meet the specifications of the schema") {
		return err.Error()
	}
	return fmt.Sprintf("%s\nThis chart is the sandbox's stand-in for %s. %s", err, want.chart.Name(), note)
}
