package helm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"helm.sh/helm/v3/pkg/kube"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/kubernetes"
)

// explaining is how long it may take to find out why something is not ready.
const explaining = 20 * time.Second

// explainingClient is Helm's client, but for what it says when it has waited in vain: what is not ready, and why. After
// Helm has taken a failed release back, nobody could find that out any more.
type explainingClient struct {
	*kube.Client
}

func (c *explainingClient) Wait(resources kube.ResourceList, timeout time.Duration) error {
	err := whileReachable(c.Client, func() error { return c.Client.Wait(resources, timeout) })
	return c.explained(err, resources, timeout, false)
}

func (c *explainingClient) WaitWithJobs(resources kube.ResourceList, timeout time.Duration) error {
	err := whileReachable(c.Client, func() error { return c.Client.WaitWithJobs(resources, timeout) })
	return c.explained(err, resources, timeout, true)
}

// WaitForDelete names what is still there, and who holds it by a finalizer.
func (c *explainingClient) WaitForDelete(resources kube.ResourceList, timeout time.Duration) error {
	err := whileReachable(c.Client, func() error { return c.Client.WaitForDelete(resources, timeout) })
	if err == nil || errors.Is(err, errUnreachable) {
		return err
	}
	var left []string
	for _, info := range resources {
		if info.Get() != nil {
			continue
		}
		line := nameOf(info)
		if object, isObject := info.Object.(metav1.Object); isObject && len(object.GetFinalizers()) > 0 {
			line += " (held by " + strings.Join(object.GetFinalizers(), ", ") + ")"
		}
		left = append(left, line)
	}
	return withLines(err, fmt.Sprintf("still there after %s", timeout), left)
}

func (c *explainingClient) explained(err error, resources kube.ResourceList, timeout time.Duration, jobs bool) error {
	if err == nil || errors.Is(err, errUnreachable) {
		return err
	}
	client, clientErr := c.Factory.KubernetesClientSet()
	if clientErr != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), explaining)
	defer cancel()
	var lines []string
	for _, info := range resources {
		lines = append(lines, notReady(ctx, client, info, jobs)...)
	}
	return withLines(err, fmt.Sprintf("not ready after %s", timeout), lines)
}

// notReady says of an object that is not ready what Helm misses, and what the object itself and its pods say of it.
func notReady(ctx context.Context, client kubernetes.Interface, info *resource.Info, jobs bool) []string {
	var said string
	log := func(format string, values ...any) { said = fmt.Sprintf(format, values...) }
	checker := kube.NewReadyChecker(client, log, kube.PausedAsReady(true), kube.CheckJobs(jobs))
	ready, err := checker.IsReady(ctx, info)
	if ready && err == nil {
		return nil
	}
	if err != nil {
		said = err.Error()
	}
	if said == "" {
		said = "no status yet"
	}
	lines := []string{nameOf(info) + ": " + said}
	if deployment, err := client.AppsV1().Deployments(info.Namespace).Get(ctx, info.Name, metav1.GetOptions{}); err == nil && isDeployment(info) {
		for _, condition := range deployment.Status.Conditions {
			if condition.Type == appsv1.DeploymentReplicaFailure && condition.Status == corev1.ConditionTrue {
				lines = append(lines, "  "+condition.Message)
			}
		}
	}
	return append(lines, podsNotReady(ctx, client, info)...)
}

func podsNotReady(ctx context.Context, client kubernetes.Interface, info *resource.Info) []string {
	if info.Get() != nil {
		return nil
	}
	selector, err := kube.SelectorsForObject(kube.AsVersioned(info))
	if err != nil {
		return nil
	}
	pods, err := client.CoreV1().Pods(info.Namespace).List(ctx, metav1.ListOptions{LabelSelector: selector.String()})
	if err != nil {
		return nil
	}
	var lines []string
	for _, pod := range pods.Items {
		if reason := whyNotReady(pod); reason != "" {
			lines = append(lines, fmt.Sprintf("  pod %s: %s", pod.Name, reason))
		}
	}
	return lines
}

// whyNotReady is empty for a pod that is ready.
func whyNotReady(pod corev1.Pod) string {
	for _, status := range append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...) {
		if waiting := status.State.Waiting; waiting != nil && waiting.Reason != "" {
			return strings.TrimSuffix(fmt.Sprintf("container %s: %s: %s", status.Name, waiting.Reason, waiting.Message), ": ")
		}
	}
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady && condition.Status == corev1.ConditionTrue {
			return ""
		}
	}
	for _, condition := range pod.Status.Conditions {
		if condition.Status == corev1.ConditionFalse && condition.Reason != "" {
			return strings.TrimSuffix(fmt.Sprintf("%s: %s", condition.Reason, condition.Message), ": ")
		}
	}
	return "phase " + string(pod.Status.Phase)
}

func isDeployment(info *resource.Info) bool {
	return info.Mapping.GroupVersionKind.Kind == "Deployment"
}

func nameOf(info *resource.Info) string {
	kind := info.Mapping.GroupVersionKind.Kind
	if info.Namespace == "" {
		return fmt.Sprintf("%s %s", kind, info.Name)
	}
	return fmt.Sprintf("%s %s/%s", kind, info.Namespace, info.Name)
}

func withLines(err error, what string, lines []string) error {
	if len(lines) == 0 {
		return err
	}
	return fmt.Errorf("%w; %s:\n  %s", err, what, strings.Join(lines, "\n  "))
}
