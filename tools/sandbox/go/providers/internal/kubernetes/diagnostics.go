package kubernetes

import (
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// failed is what the API server, or the encoding, says of a resource, as Terraform shows it: all that is wrong at once.
func (r *resource) failed(summary string, err error) []*tfprotov6.Diagnostic {
	var wrong invalidArguments
	if errors.As(err, &wrong) {
		var diagnostics []*tfprotov6.Diagnostic
		for _, one := range wrong {
			path := tftypes.NewAttributePath().WithAttributeName(one.path[0])
			diagnostics = append(diagnostics, failure(summary, one.Error(), path))
		}
		return diagnostics
	}
	return []*tfprotov6.Diagnostic{failure(summary, err.Error(), r.blamed(err))}
}

func failure(summary, detail string, path *tftypes.AttributePath) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: detail, Attribute: path}
}

// blamed is the path of the argument that the API server refuses, nil where it names none.
func (r *resource) blamed(err error) *tftypes.AttributePath {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || status.Status().Details == nil {
		return nil
	}
	for _, cause := range status.Status().Details.Causes {
		property := cause.Field
		if end := strings.IndexAny(property, ".["); end >= 0 {
			property = property[:end]
		}
		for _, argument := range r.arguments {
			if property != "" && argument.property == property {
				return tftypes.NewAttributePath().WithAttributeName(argument.name)
			}
		}
	}
	return nil
}
