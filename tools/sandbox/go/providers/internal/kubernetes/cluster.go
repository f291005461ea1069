package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
)

// fieldManager is the name under which the API server knows the fields that Terraform owns.
const fieldManager = "terraform"

// pollEvery is how often an object is looked at while it is waited for.
const pollEvery = 500 * time.Millisecond

// cluster is the API server that the provider is configured for.
type cluster struct{ client dynamic.Interface }

// identity of an object.
type identity struct{ namespace, name string }

func (i identity) String() string {
	if i.namespace == "" {
		return i.name
	}
	return i.namespace + "/" + i.name
}

func (c *cluster) objects(kind *kind, namespace string) dynamic.ResourceInterface {
	all := c.client.Resource(kind.groupVersionResource())
	if kind.clusterWide {
		return all
	}
	return all.Namespace(namespace)
}

func (c *cluster) get(ctx context.Context, kind *kind, which identity) (*unstructured.Unstructured, error) {
	return c.objects(kind, which.namespace).Get(ctx, which.name, metav1.GetOptions{})
}

// apply the object server-side. Unknown fields are errors; a field that another manager set is taken over, as the real
// provider would overwrite it. A rehearsal changes nothing.
func (c *cluster) apply(ctx context.Context, kind *kind, object map[string]any, rehearsal bool) (*unstructured.Unstructured, error) {
	wanted := &unstructured.Unstructured{Object: object}
	wanted.SetAPIVersion(kind.apiVersion)
	wanted.SetKind(kind.kind)
	body, err := wanted.MarshalJSON()
	if err != nil {
		return nil, err
	}
	force := true
	options := metav1.PatchOptions{FieldManager: fieldManager, FieldValidation: metav1.FieldValidationStrict, Force: &force}
	if rehearsal {
		options.DryRun = []string{metav1.DryRunAll}
	}
	return c.objects(kind, wanted.GetNamespace()).Patch(ctx, wanted.GetName(), types.ApplyPatchType, body, options)
}

// create refuses an object that exists: it is another's, or has to be imported.
func (c *cluster) create(ctx context.Context, kind *kind, which identity, object map[string]any) (*unstructured.Unstructured, error) {
	_, err := c.get(ctx, kind, which)
	switch {
	case err == nil:
		return nil, apierrors.NewAlreadyExists(kind.groupVersionResource().GroupResource(), which.name)
	case !apierrors.IsNotFound(err):
		return nil, err
	}
	return c.apply(ctx, kind, object, false)
}

// delete the object and wait until it is gone: its finalizers may take their time.
func (c *cluster) delete(ctx context.Context, kind *kind, which identity, timeout time.Duration) error {
	propagation := metav1.DeletePropagationBackground
	if kind.foreground {
		propagation = metav1.DeletePropagationForeground
	}
	err := c.objects(kind, which.namespace).Delete(ctx, which.name, metav1.DeleteOptions{PropagationPolicy: &propagation})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var last *unstructured.Unstructured
	err = poll(ctx, timeout, func(ctx context.Context) (bool, error) {
		live, err := c.get(ctx, kind, which)
		if apierrors.IsNotFound(err) {
			return true, nil
		}
		if err == nil {
			last = live
		}
		return false, err
	})
	if errors.Is(err, errTimeout) {
		return fmt.Errorf("it is still there after %s%s", timeout, whyItStays(last))
	}
	return err
}

func whyItStays(object *unstructured.Unstructured) string {
	if object == nil {
		return ""
	}
	reasons := ""
	if finalizers := object.GetFinalizers(); len(finalizers) > 0 {
		reasons += fmt.Sprintf("; its finalizers are %v: what set them has to remove them", finalizers)
	}
	return reasons + conditionsOf(object)
}

// errTimeout is what poll ends with when the time is over.
var errTimeout = errors.New("the time is over")

// poll until done, an error, or the timeout. An interrupted apply ends it at once.
func poll(ctx context.Context, timeout time.Duration, done func(context.Context) (bool, error)) error {
	over := time.After(timeout)
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		if finished, err := done(ctx); finished || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over:
			return errTimeout
		case <-ticker.C:
		}
	}
}
