package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// wait is what a resource waits for after it was created or changed, as the real provider does.
type wait struct {
	// flag is the argument that asks for it, and what holds where nothing is given; without a name it is always waited.
	flag     string
	fallback bool
	// afterUpdate: a change is waited for too.
	afterUpdate bool
	// instead is another object that is waited for, such as one that a controller makes for this one.
	instead func(of identity) (*kind, identity)
	// ready says whether the object is, else what is missing. An error ends the wait: it will never be.
	ready func(object map[string]any) (missing string, err error)
}

// until the object is ready, or the timeout.
func (w *wait) until(ctx context.Context, cluster *cluster, kind *kind, which identity, timeout time.Duration) (*unstructured.Unstructured, error) {
	if w.instead != nil {
		kind, which = w.instead(which)
	}
	var last *unstructured.Unstructured
	missing := "it is not there yet"
	err := poll(ctx, timeout, func(ctx context.Context) (bool, error) {
		live, err := cluster.get(ctx, kind, which)
		if w.instead != nil && apierrors.IsNotFound(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		last = live
		missing, err = w.ready(live.Object)
		return err == nil && missing == "", err
	})
	switch {
	case errors.Is(err, errTimeout):
		return last, fmt.Errorf("it is not ready after %s: %s%s", timeout, missing, conditionsOf(last))
	case err != nil:
		return last, fmt.Errorf("%w%s", err, conditionsOf(last))
	}
	return last, nil
}

// duration of an operation: the `timeouts` block, else what the real provider takes.
func (k *kind) duration(operation string, given map[string]string) (time.Duration, error) {
	if text, ok := given[operation]; ok {
		length, err := time.ParseDuration(text)
		if err != nil {
			return 0, fmt.Errorf("timeouts.%s: %q is no duration, such as 10m", operation, text)
		}
		return length, nil
	}
	if length, ok := k.timeouts[operation]; ok {
		return length, nil
	}
	if length, ok := k.timeouts["create"]; ok && operation == "update" {
		return length, nil
	}
	return defaultTimeout, nil
}

// defaultTimeout is that of Terraform's plugin SDK.
const defaultTimeout = 20 * time.Minute

// conditionsOf an object, for whoever has to find out why it is not ready.
func conditionsOf(object *unstructured.Unstructured) string {
	if object == nil {
		return ""
	}
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	var lines strings.Builder
	for _, item := range conditions {
		if condition, ok := item.(map[string]any); ok {
			fmt.Fprintf(&lines, "\n  %v=%v %v %v", condition["type"], condition["status"], orNothing(condition["reason"]), orNothing(condition["message"]))
		}
	}
	return lines.String()
}

func orNothing(value any) any {
	if value == nil {
		return ""
	}
	return value
}

// number at a path of the object, 0 where there is none: the API leaves zeros out.
func numberAt(object map[string]any, path ...string) int64 {
	value, _, _ := unstructured.NestedInt64(object, path...)
	return value
}

func textAt(object map[string]any, path ...string) string {
	value, _, _ := unstructured.NestedString(object, path...)
	return value
}

// condition of the object with that type; an empty one where there is none.
func condition(object map[string]any, named string) map[string]any {
	conditions, _, _ := unstructured.NestedSlice(object, "status", "conditions")
	for _, item := range conditions {
		if one, ok := item.(map[string]any); ok && one["type"] == named {
			return one
		}
	}
	return map[string]any{}
}
