package helm

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"demarc.local/sandbox/providers/internal/connection"
)

// resourceType is the one resource of this provider.
const resourceType = "helm_release"

var texts = tftypes.List{ElementType: tftypes.String}

// defaults of the optional arguments that have one: what Terraform shows where nothing was given.
var defaults = map[string]any{
	"atomic":                     false,
	"cleanup_on_fail":            false,
	"create_namespace":           false,
	"dependency_update":          false,
	"disable_crd_hooks":          false,
	"disable_openapi_validation": false,
	"disable_webhooks":           false,
	"force_update":               false,
	"lint":                       false,
	"max_history":                0,
	"namespace":                  "default",
	"pass_credentials":           false,
	"recreate_pods":              false,
	"render_subchart_notes":      true,
	"replace":                    false,
	"reset_values":               false,
	"reuse_values":               false,
	"skip_crds":                  false,
	"take_ownership":             false,
	"timeout":                    300,
	"upgrade_install":            false,
	"verify":                     false,
	"wait":                       true,
	"wait_for_jobs":              false,
}

// unsupported arguments are in the schema, so that the error says what it is about, and refused.
var unsupported = map[string]string{
	"keyring":    "charts are not verified here",
	"lint":       "lint the chart with `helm lint`",
	"postrender": "no command is run between Helm and the cluster",
	"timeouts":   "give timeout, in seconds",
	"verify":     "charts are not verified here",
}

// replacing arguments cannot be changed in a release that there is.
var replacing = []string{"name", "namespace"}

func releaseSchema() *tfprotov6.Schema {
	attributes := []*tfprotov6.SchemaAttribute{
		{Name: "name", Type: tftypes.String, Required: true},
		{Name: "chart", Type: tftypes.String, Required: true},
		{Name: "repository", Type: tftypes.String, Optional: true},
		{Name: "repository_ca_file", Type: tftypes.String, Optional: true},
		{Name: "repository_cert_file", Type: tftypes.String, Optional: true},
		{Name: "repository_key_file", Type: tftypes.String, Optional: true},
		{Name: "repository_username", Type: tftypes.String, Optional: true},
		{Name: "repository_password", Type: tftypes.String, Optional: true, Sensitive: true},
		{Name: "version", Type: tftypes.String, Optional: true, Computed: true},
		{Name: "devel", Type: tftypes.Bool, Optional: true},
		{Name: "keyring", Type: tftypes.String, Optional: true},
		{Name: "values", Type: texts, Optional: true},
		{Name: "set", NestedType: list(settings(false, false)...), Optional: true},
		{Name: "set_list", NestedType: list(
			&tfprotov6.SchemaAttribute{Name: "name", Type: tftypes.String, Required: true},
			&tfprotov6.SchemaAttribute{Name: "value", Type: texts, Required: true},
		), Optional: true},
		{Name: "set_sensitive", NestedType: list(settings(true, false)...), Optional: true},
		{Name: "set_wo", NestedType: list(settings(false, true)...), Optional: true, WriteOnly: true},
		{Name: "set_wo_revision", Type: tftypes.Number, Optional: true},
		{Name: "postrender", NestedType: single(
			&tfprotov6.SchemaAttribute{Name: "binary_path", Type: tftypes.String, Required: true},
			&tfprotov6.SchemaAttribute{Name: "args", Type: texts, Optional: true},
		), Optional: true},
		{Name: "timeouts", NestedType: single(
			&tfprotov6.SchemaAttribute{Name: "create", Type: tftypes.String, Optional: true},
			&tfprotov6.SchemaAttribute{Name: "read", Type: tftypes.String, Optional: true},
			&tfprotov6.SchemaAttribute{Name: "update", Type: tftypes.String, Optional: true},
			&tfprotov6.SchemaAttribute{Name: "delete", Type: tftypes.String, Optional: true},
		), Optional: true},
		{Name: "id", Type: tftypes.String, Computed: true},
		{Name: "status", Type: tftypes.String, Computed: true},
		{Name: "manifest", Type: tftypes.String, Computed: true},
		{Name: "resources", Type: tftypes.Map{ElementType: tftypes.String}, Computed: true},
		{Name: "metadata", NestedType: single(metadataAttributes()...), Computed: true},
	}
	for name, value := range defaults {
		attributes = append(attributes, &tfprotov6.SchemaAttribute{
			Name: name, Type: typeOf(value), Optional: true, Computed: true,
		})
	}
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: attributes}}
}

func settings(sensitive, writeOnly bool) []*tfprotov6.SchemaAttribute {
	return []*tfprotov6.SchemaAttribute{
		{Name: "name", Type: tftypes.String, Required: true, WriteOnly: writeOnly},
		{Name: "type", Type: tftypes.String, Optional: true, WriteOnly: writeOnly},
		{Name: "value", Type: tftypes.String, Required: true, Sensitive: sensitive, WriteOnly: writeOnly},
	}
}

func metadataAttributes() []*tfprotov6.SchemaAttribute {
	var attributes []*tfprotov6.SchemaAttribute
	for _, name := range []string{"name", "namespace", "chart", "version", "app_version", "values", "notes"} {
		attributes = append(attributes, &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Computed: true})
	}
	for _, name := range []string{"revision", "first_deployed", "last_deployed"} {
		attributes = append(attributes, &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.Number, Computed: true})
	}
	return attributes
}

// providerSchema has what hashicorp/helm's has and the platform uses: the connection.
func providerSchema() *tfprotov6.Schema {
	kubernetes := append(connection.Attributes(), &tfprotov6.SchemaAttribute{
		Name: "exec", NestedType: single(connection.ExecAttributes()...), Optional: true,
	})
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "kubernetes", NestedType: single(kubernetes...), Optional: true},
		{Name: "debug", Type: tftypes.Bool, Optional: true},
		{Name: "burst_limit", Type: tftypes.Number, Optional: true},
		{Name: "qps", Type: tftypes.Number, Optional: true},
		{Name: "helm_driver", Type: tftypes.String, Optional: true},
		{Name: "repository_cache", Type: tftypes.String, Optional: true},
		{Name: "repository_config_path", Type: tftypes.String, Optional: true},
		{Name: "registry_config_path", Type: tftypes.String, Optional: true},
		{Name: "plugins_path", Type: tftypes.String, Optional: true},
		{Name: "experiments", NestedType: single(
			&tfprotov6.SchemaAttribute{Name: "manifest", Type: tftypes.Bool, Optional: true},
		), Optional: true},
	}}}
}

func list(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.SchemaObject {
	return &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeList, Attributes: attributes}
}

func single(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.SchemaObject {
	return &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: attributes}
}

func typeOf(value any) tftypes.Type {
	switch value.(type) {
	case bool:
		return tftypes.Bool
	case string:
		return tftypes.String
	default:
		return tftypes.Number
	}
}
