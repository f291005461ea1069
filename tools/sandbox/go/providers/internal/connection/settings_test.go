package connection

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// arguments is a provider's configuration with these arguments given and all others null.
func arguments(given map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	values := map[string]tftypes.Value{}
	for _, attribute := range Attributes() {
		types[attribute.Name] = attribute.Type
		values[attribute.Name] = tftypes.NewValue(attribute.Type, nil)
	}
	types["exec"] = execType()
	values["exec"] = tftypes.NewValue(execType(), nil)
	for name, value := range given {
		types[name], values[name] = value.Type(), value
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

func execType() tftypes.Object {
	types := map[string]tftypes.Type{}
	for _, attribute := range ExecAttributes() {
		types[attribute.Name] = attribute.Type
	}
	return tftypes.Object{AttributeTypes: types}
}

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func getToken() tftypes.Value {
	return tftypes.NewValue(execType(), map[string]tftypes.Value{
		"api_version": text("client.authentication.k8s.io/v1beta1"),
		"command":     text("aws"),
		"args":        tftypes.NewValue(listOfStrings, []tftypes.Value{text("eks"), text("get-token")}),
		"env":         tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"AWS_REGION": text("eu-west-1")}),
	})
}

func TestExecIsReadFromABlockAndFromAnAttribute(t *testing.T) {
	block := tftypes.NewValue(tftypes.List{ElementType: execType()}, []tftypes.Value{getToken()})
	for form, exec := range map[string]tftypes.Value{"block": block, "attribute": getToken()} {
		settings, known, err := Read(arguments(map[string]tftypes.Value{"host": text("https://127.0.0.1:6443"), "exec": exec}))
		if err != nil || !known {
			t.Fatalf("%s: known %v, error %v", form, known, err)
		}
		config, err := settings.RESTConfig("test")
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		command := config.ExecProvider
		if command == nil || command.Command != "aws" || strings.Join(command.Args, " ") != "eks get-token" {
			t.Errorf("%s: the command is %v", form, command)
		}
		if len(command.Env) != 1 || command.Env[0].Name != "AWS_REGION" || command.Env[0].Value != "eu-west-1" {
			t.Errorf("%s: the variables are %v", form, command.Env)
		}
	}
}

func TestAHostThatIsNotMadeYetIsNoError(t *testing.T) {
	_, known, err := Read(arguments(map[string]tftypes.Value{"host": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}))
	if known || err != nil {
		t.Errorf("known %v, error %v", known, err)
	}
}

func TestArgumentsWinOverTheKubeconfig(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config")
	kubeconfig := `{"apiVersion":"v1","kind":"Config","current-context":"a","contexts":[{"name":"a","context":{"cluster":"c","user":"u"}}],
		"clusters":[{"name":"c","cluster":{"server":"https://127.0.0.1:1"}}],"users":[{"name":"u","user":{"token":"of-the-file"}}]}`
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, _, err := Read(arguments(map[string]tftypes.Value{"config_path": text(path), "token": text("given")}))
	if err != nil {
		t.Fatal(err)
	}
	config, err := settings.RESTConfig("test")
	if err != nil {
		t.Fatal(err)
	}
	if config.Host != "https://127.0.0.1:1" || config.BearerToken != "given" {
		t.Errorf("host %q, token %q", config.Host, config.BearerToken)
	}
}

func TestAConnectionWithoutArgumentsSaysWhatToGive(t *testing.T) {
	settings, _, err := Read(arguments(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = settings.RESTConfig("test"); err == nil || !strings.Contains(err.Error(), "give host") {
		t.Errorf("the error is %v", err)
	}
}

func TestTwoWaysToNameKubeconfigsAreRefused(t *testing.T) {
	paths := tftypes.NewValue(listOfStrings, []tftypes.Value{text("/b")})
	if _, _, err := Read(arguments(map[string]tftypes.Value{"config_path": text("/a"), "config_paths": paths})); err == nil {
		t.Error("config_path and config_paths together are taken")
	}
}
