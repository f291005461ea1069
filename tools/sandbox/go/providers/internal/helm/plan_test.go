package helm

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// chartFolder is a chart of one file, in this version.
func chartFolder(t *testing.T, version, template string) string {
	t.Helper()
	folder := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("Chart.yaml", "apiVersion: v2\nname: web\nversion: "+version+"\n")
	write("templates/web.yaml", template)
	return folder
}

func configOf(given arguments) arguments {
	return releaseWith(arguments{"name": text("web"), "chart": text("./web")}.with(given))
}

// planned is the plan for a config, after an apply that left this state and memory; no state: a new release.
func planned(t *testing.T, config, prior arguments, private []byte) (arguments, *tfprotov6.PlanResourceChangeResponse) {
	t.Helper()
	before := tftypes.NewValue(stateType, nil)
	proposed := config
	if prior != nil {
		before = prior.value()
		// As Terraform does: what is computed and was not given keeps its value.
		proposed = arguments{}
		for name, value := range config {
			proposed[name] = value
			if value.IsNull() {
				proposed[name] = prior[name]
			}
		}
	}
	response, err := NewServer().PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:         resourceType,
		PriorState:       dynamic(t, before),
		ProposedNewState: dynamic(t, proposed.value()),
		Config:           dynamic(t, config.value()),
		PriorPrivate:     private,
	})
	if err != nil {
		t.Fatal(err)
	}
	state, err := response.PlannedState.Unmarshal(stateType)
	if err != nil {
		t.Fatal(err)
	}
	return argumentsOf(state), response
}

func dynamic(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(stateType, value)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

// applied is the state that an apply of the plan leaves: the release as it was planned, of this chart version and values.
func applied(plan arguments, version, values string) arguments {
	metadata := map[string]tftypes.Value{}
	for name, of := range stateType.AttributeTypes["metadata"].(tftypes.Object).AttributeTypes {
		metadata[name] = tftypes.NewValue(of, nil)
	}
	metadata["chart"], metadata["version"], metadata["values"] = text("web"), text(version), text(values)
	return plan.with(arguments{"metadata": tftypes.NewValue(stateType.AttributeTypes["metadata"], metadata)})
}

func TestANewReleaseIsPlannedWithItsDefaultsAndTheChartsVersion(t *testing.T) {
	plan, _ := planned(t, configOf(arguments{"chart": text(chartFolder(t, "1.2.3", ""))}), nil, nil)
	if plan.text("version") != "1.2.3" || plan.text("namespace") != "default" || plan.text("status") != "deployed" {
		t.Errorf("%v", plan)
	}
	if plan.whole("timeout") != 300 || !plan.flag("wait") || plan.flag("atomic") || plan["metadata"].IsKnown() {
		t.Errorf("%v", plan)
	}
}

func TestAnUnchangedReleaseHasNothingToDo(t *testing.T) {
	config := configOf(arguments{"chart": text(chartFolder(t, "1.2.3", "")), "values": documents("a: 1")})
	plan, response := planned(t, config, nil, nil)
	state := applied(plan, "1.2.3", `{"a":1}`)
	again, _ := planned(t, config, state, response.PlannedPrivate)
	if !again.value().Equal(state.value()) {
		t.Errorf("%v", again)
	}
}

func TestAReleaseThatIsNotAsItWasAskedForIsUpgraded(t *testing.T) {
	folder := chartFolder(t, "1.2.3", "")
	config := configOf(arguments{"chart": text(folder), "values": documents("a: 1")})
	plan, response := planned(t, config, nil, nil)
	whole := applied(plan, "1.2.3", `{"a":1}`)
	for what, state := range map[string]arguments{
		"interrupted":       whole.with(arguments{"status": text("pending-upgrade")}),
		"failed":            whole.with(arguments{"status": text("failed")}),
		"other arguments":   whole.with(arguments{"timeout": tftypes.NewValue(tftypes.Number, 10)}),
		"another asked for": whole.with(arguments{"values": documents("a: 2")}),
	} {
		again, _ := planned(t, config, state, response.PlannedPrivate)
		if again["metadata"].IsKnown() || again.text("status") != "deployed" {
			t.Errorf("%s: nothing to do", what)
		}
	}
}

func TestWhatTheRealProviderDoesNotSeeIsNotSeen(t *testing.T) {
	folder := chartFolder(t, "1.2.3", "")
	config := configOf(arguments{"chart": text(folder), "values": documents("a: 1")})
	plan, response := planned(t, config, nil, nil)
	changed := applied(plan, "1.2.3", `{"a":2}`)
	if again, _ := planned(t, config, changed, response.PlannedPrivate); !again.value().Equal(changed.value()) {
		t.Error("values that somebody's Helm has changed")
	}
	if err := os.WriteFile(filepath.Join(folder, "templates/web.yaml"), []byte("# changed\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := applied(plan, "1.2.3", `{"a":1}`)
	if again, _ := planned(t, config, whole, response.PlannedPrivate); !again.value().Equal(whole.value()) {
		t.Error("a chart that changed under its version")
	}
}

func TestValuesThatAreNotKnownYetArePlanned(t *testing.T) {
	unknownText := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	values := tftypes.NewValue(texts, []tftypes.Value{unknownText})
	plan, response := planned(t, configOf(arguments{"chart": text("./not-asked-for-yet"), "values": values}), nil, nil)
	if len(response.Diagnostics) > 0 || plan["version"].IsKnown() {
		t.Errorf("%v %v", response.Diagnostics, plan["version"])
	}
}

func TestAnotherNameOrNamespaceIsAnotherRelease(t *testing.T) {
	folder := chartFolder(t, "1.2.3", "")
	plan, _ := planned(t, configOf(arguments{"chart": text(folder)}), nil, nil)
	state := applied(plan, "1.2.3", "{}")
	for _, name := range []string{"name", "namespace"} {
		_, response := planned(t, configOf(arguments{"chart": text(folder), name: text("other")}), state, nil)
		if len(response.RequiresReplace) != 1 || !response.RequiresReplace[0].Equal(tftypes.NewAttributePath().WithAttributeName(name)) {
			t.Errorf("%s: %v", name, response.RequiresReplace)
		}
	}
}

func TestAChartThatIsNotThereIsFoundBeforeAnythingChanges(t *testing.T) {
	_, response := planned(t, configOf(arguments{"chart": text("./nowhere")}), nil, nil)
	if len(response.Diagnostics) != 1 {
		t.Errorf("%v", response.Diagnostics)
	}
}
