package kubernetes

import (
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// resource is a kind as Terraform sees it.
type resource struct {
	*kind
	// arguments that stand for the object: its metadata and what its kind has.
	arguments []*argument
	schema    *tfprotov6.Schema
	valueType tftypes.Object
}

// resources by type name, such as kubernetes_deployment_v1.
var resources = sync.OnceValue(func() map[string]*resource {
	made := map[string]*resource{}
	for _, kind := range kinds {
		resource := resourceOf(kind)
		for _, name := range kind.types {
			made["kubernetes_"+name] = resource
		}
	}
	return made
})

func resourceOf(kind *kind) *resource {
	made := &resource{kind: kind, arguments: []*argument{metadata(kind.clusterWide)}}
	for _, argument := range argumentsOf(kind.of) {
		if argument.name == "metadata" {
			continue
		}
		argument.fallback = kind.fallbacks[argument.name]
		made.arguments = append(made.arguments, argument)
		if kind.kind == "Secret" && argument.name == "data" {
			argument.sensitive = true
			made.arguments = append(made.arguments, binaryData())
		}
	}
	made.schema = &tfprotov6.Schema{Block: made.block()}
	made.valueType = made.schema.ValueType().(tftypes.Object)
	return made
}

// binaryData of a Secret is given in base64, and stands beside its `data`.
func binaryData() *argument {
	return &argument{name: "binary_data", property: "data", shape: textMap, sensitive: true, dropsZero: true}
}

// loadBalancerStatus is what `status` of a Service and of an Ingress is.
var loadBalancerStatus = list(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"load_balancer": list(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"ingress": list(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"hostname": tftypes.String, "ip": tftypes.String}}),
	}}),
}})

func list(of tftypes.Type) tftypes.List { return tftypes.List{ElementType: of} }

func (r *resource) block() *tfprotov6.SchemaBlock {
	made := blockOf(r.arguments)
	made.Attributes = append(made.Attributes, &tfprotov6.SchemaAttribute{Name: "id", Type: tftypes.String, Computed: true})
	if r.hasStatus {
		made.Attributes = append(made.Attributes, &tfprotov6.SchemaAttribute{Name: "status", Type: loadBalancerStatus, Computed: true})
	}
	if r.wait != nil && r.wait.flag != "" {
		made.Attributes = append(made.Attributes, &tfprotov6.SchemaAttribute{Name: r.wait.flag, Type: tftypes.Bool, Optional: true, Computed: true})
	}
	if len(r.timeouts) > 0 {
		timeouts := &tfprotov6.SchemaBlock{}
		for _, operation := range []string{"create", "update", "delete"} {
			if _, ok := r.timeouts[operation]; ok {
				timeouts.Attributes = append(timeouts.Attributes, &tfprotov6.SchemaAttribute{Name: operation, Type: tftypes.String, Optional: true})
			}
		}
		made.BlockTypes = append(made.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: "timeouts", Nesting: tfprotov6.SchemaNestedBlockNestingModeSingle, Block: timeouts,
		})
	}
	return made
}

func blockOf(arguments []*argument) *tfprotov6.SchemaBlock {
	made := &tfprotov6.SchemaBlock{}
	for _, argument := range arguments {
		switch argument.shape {
		case block, blocks:
			nested := &tfprotov6.SchemaNestedBlock{
				TypeName: argument.name, Nesting: tfprotov6.SchemaNestedBlockNestingModeList, Block: blockOf(argument.arguments),
			}
			if argument.shape == block {
				nested.MaxItems = 1
			}
			if argument.required {
				nested.MinItems = 1
			}
			made.BlockTypes = append(made.BlockTypes, nested)
		default:
			made.Attributes = append(made.Attributes, &tfprotov6.SchemaAttribute{
				Name: argument.name, Type: argument.terraformType(), Optional: !argument.readOnly,
				Computed: argument.computed || argument.fallback != nil, Sensitive: argument.sensitive,
			})
		}
	}
	return made
}

// groupVersionResource is where the API server serves the kind's objects.
func (k *kind) groupVersionResource() schema.GroupVersionResource {
	group, version, found := strings.Cut(k.apiVersion, "/")
	if !found {
		group, version = "", k.apiVersion
	}
	return schema.GroupVersionResource{Group: group, Version: version, Resource: k.plural}
}
