package helm

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"demarc.local/sandbox/providers/internal/protocol"
)

// ReadResource brings the state up to date with the release: one that is gone leaves the state, and what somebody's Helm
// has changed is shown.
func (s *Server) ReadResource(_ context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	response := &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}
	current, err := request.CurrentState.Unmarshal(stateType)
	if err != nil || current.IsNull() || !s.reachable() {
		return response, err
	}
	state := argumentsOf(current)
	name := fmt.Sprintf("%s/%s", state.text("namespace"), state.text("name"))
	read, err := s.read(state, remember(request.Private))
	if err != nil {
		response.Diagnostics = protocol.Failed("Release "+name+" cannot be read", err.Error())
		return response, nil
	}
	dynamic, err := tfprotov6.NewDynamicValue(stateType, read)
	response.NewState = &dynamic
	return response, err
}

func (s *Server) read(state arguments, private remembered) (tftypes.Value, error) {
	none := tftypes.NewValue(stateType, nil)
	helm, err := s.helm(state.text("namespace"))
	if err != nil {
		return none, err
	}
	history, err := historyOf(helm, state.text("name"))
	if err != nil || len(history) == 0 {
		return none, err
	}
	told, err := observed(history[len(history)-1], private.Secrets)
	if err != nil {
		return none, err
	}
	was, is := state.object("metadata"), arguments{"metadata": told["metadata"]}.object("metadata")
	if was.text("version") != is.text("version") {
		// Another version than the last apply has put there. While it is that one, `version` stays as it was asked for,
		// which may be a range.
		told["version"] = is["version"]
	}
	return state.with(told).value(), nil
}

// ImportResourceState takes "<namespace>/<name>".
func (s *Server) ImportResourceState(_ context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	response := &tfprotov6.ImportResourceStateResponse{}
	namespace, name, found := strings.Cut(request.ID, "/")
	if !found || namespace == "" || name == "" {
		response.Diagnostics = protocol.Failed("The id is not that of a release",
			fmt.Sprintf("%q must be <namespace>/<name>, such as kube-system/metrics-server", request.ID))
		return response, nil
	}
	helm, err := s.helm(namespace)
	if err != nil {
		return nil, err
	}
	history, err := historyOf(helm, name)
	if err != nil {
		return nil, err
	}
	if len(history) == 0 {
		response.Diagnostics = protocol.Failed("There is no such release", fmt.Sprintf("No release %q in namespace %q", name, namespace))
		return response, nil
	}
	last := history[len(history)-1]
	told, err := observed(last, nil)
	if err != nil {
		return nil, err
	}
	state := arguments{}
	for attribute := range stateType.AttributeTypes {
		state[attribute] = null(attribute)
	}
	for attribute, value := range defaults {
		state[attribute] = tftypes.NewValue(stateType.AttributeTypes[attribute], value)
	}
	state = state.with(told).with(arguments{
		"name": text(name), "namespace": text(namespace),
		"chart": text(last.Chart.Name()), "version": text(last.Chart.Metadata.Version),
	})
	dynamic, err := tfprotov6.NewDynamicValue(stateType, state.value())
	response.ImportedResources = []*tfprotov6.ImportedResource{{TypeName: resourceType, State: &dynamic}}
	return response, err
}
