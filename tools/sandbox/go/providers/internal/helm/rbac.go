package helm

import (
	"fmt"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/releaseutil"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// rbac is who may do what by a release's manifests, however it groups its rules.
type rbac struct {
	// With are the values that the manifests were made with, as far as they decide it: the topmost keys of DecidedBy.
	With      map[string]any `json:"with"`
	DecidedBy []string       `json:"decidedBy"`
	// Roles are the verbs of each role by what they act on, such as "ingresses.networking.k8s.io" or "leases.coordination.k8s.io(one)".
	Roles map[string]map[string][]string `json:"roles"`
	// Bindings are written "ClusterRole a to ServiceAccount kube-system/a".
	Bindings []string `json:"bindings"`
}

type rightsObject struct {
	Kind     string
	Metadata metav1.ObjectMeta
	Rules    []rbacv1.PolicyRule
	RoleRef  rbacv1.RoleRef
	Subjects []rbacv1.Subject
}

func rbacOf(manifest string) (rbac, error) {
	found := rbac{Roles: map[string]map[string][]string{}, Bindings: []string{}}
	for _, document := range releaseutil.SplitManifests(manifest) {
		var object rightsObject
		if err := yaml.Unmarshal([]byte(document), &object); err != nil {
			return found, err
		}
		switch object.Kind {
		case "ClusterRole", "Role":
			found.Roles[object.title()] = verbsOf(object.Rules)
		case "ClusterRoleBinding", "RoleBinding":
			found.Bindings = append(found.Bindings, object.bindings()...)
		}
	}
	sort.Strings(found.Bindings)
	return found, nil
}

// title names a role, and the roles that it is a part of.
func (o rightsObject) title() string {
	title := o.place() + o.Metadata.Name
	var wholes []string
	for label, value := range o.Metadata.Labels {
		if whole, found := strings.CutPrefix(label, "rbac.authorization.k8s.io/aggregate-to-"); found && value == "true" {
			wholes = append(wholes, whole)
		}
	}
	sort.Strings(wholes)
	if len(wholes) > 0 {
		title += " in " + strings.Join(wholes, ", ")
	}
	return title
}

func (o rightsObject) place() string {
	if o.Metadata.Namespace == "" {
		return o.Kind + " "
	}
	return fmt.Sprintf("%s %s/", o.Kind, o.Metadata.Namespace)
}

func (o rightsObject) bindings() []string {
	var found []string
	for _, subject := range o.Subjects {
		where := ""
		if o.Metadata.Namespace != "" {
			where = " in " + o.Metadata.Namespace
		}
		found = append(found, fmt.Sprintf("%s %s%s to %s %s/%s", o.RoleRef.Kind, o.RoleRef.Name, where, subject.Kind, subject.Namespace, subject.Name))
	}
	return found
}

func verbsOf(rules []rbacv1.PolicyRule) map[string][]string {
	sets := map[string]map[string]bool{}
	for _, rule := range rules {
		for _, on := range objectsOf(rule) {
			if sets[on] == nil {
				sets[on] = map[string]bool{}
			}
			for _, verb := range rule.Verbs {
				sets[on][verb] = true
			}
		}
	}
	verbs := map[string][]string{}
	for on, set := range sets {
		for verb := range set {
			verbs[on] = append(verbs[on], verb)
		}
		sort.Strings(verbs[on])
	}
	return verbs
}

func objectsOf(rule rbacv1.PolicyRule) []string {
	found := append([]string{}, rule.NonResourceURLs...)
	for _, group := range rule.APIGroups {
		for _, resource := range rule.Resources {
			on := strings.TrimSuffix(resource+"."+group, ".")
			if len(rule.ResourceNames) == 0 {
				found = append(found, on)
			}
			for _, name := range rule.ResourceNames {
				found = append(found, fmt.Sprintf("%s(%s)", on, name))
			}
		}
	}
	return found
}
