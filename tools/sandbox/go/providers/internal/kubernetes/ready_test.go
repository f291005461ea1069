package kubernetes

import (
	"testing"
	"time"
)

func TestAnObjectIsReadyWhenItsStatusSaysSo(t *testing.T) {
	for name, one := range map[string]struct {
		wait   *wait
		object string
		// state: "ready", "not yet" or "never".
		state string
	}{
		"a Deployment that is rolled out": {deploymentRollout, `{"metadata": {"generation": 2}, "spec": {"replicas": 2}, "status": {"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}}`, "ready"},
		"a Deployment with old pods left": {deploymentRollout, `{"metadata": {"generation": 2}, "spec": {"replicas": 2}, "status": {"observedGeneration": 2, "replicas": 3, "updatedReplicas": 2, "availableReplicas": 3}}`, "not yet"},
		"a change not seen yet":           {deploymentRollout, `{"metadata": {"generation": 3}, "spec": {"replicas": 2}, "status": {"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}}`, "not yet"},
		"a Deployment that gave up":       {deploymentRollout, `{"metadata": {"generation": 1}, "spec": {"replicas": 1}, "status": {"observedGeneration": 1, "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]}}`, "never"},
		"a StatefulSet half way":          {statefulSetRollout, `{"metadata": {"generation": 1}, "spec": {"replicas": 2, "updateStrategy": {"type": "RollingUpdate"}}, "status": {"observedGeneration": 1, "readyReplicas": 2, "updatedReplicas": 1}}`, "not yet"},
		"a DaemonSet on each node":        {daemonSetRollout, `{"metadata": {"generation": 1}, "status": {"observedGeneration": 1, "desiredNumberScheduled": 1, "updatedNumberScheduled": 1, "numberAvailable": 1}}`, "ready"},
		"a job that failed":               {jobCompletion, `{"status": {"conditions": [{"type": "Failed", "status": "True"}]}}`, "never"},
		"a job that is done":              {jobCompletion, `{"status": {"conditions": [{"type": "Complete", "status": "True"}]}}`, "ready"},
		"a job at work":                   {jobCompletion, `{"status": {"active": 1}}`, "not yet"},
		"a Service without a balancer":    {serviceLoadBalancer, `{"spec": {"type": "ClusterIP"}}`, "ready"},
		"a Service that waits for one":    {serviceLoadBalancer, `{"spec": {"type": "LoadBalancer"}}`, "not yet"},
		"an Ingress with an address":      {ingressLoadBalancer, `{"status": {"loadBalancer": {"ingress": [{"hostname": "h"}]}}}`, "ready"},
		"a quota not in force":            {quotaInForce, `{"spec": {"hard": {"pods": "1"}}}`, "not yet"},
		"a claim without a volume":        {claimBound, `{"status": {"phase": "Pending"}}`, "not yet"},
	} {
		missing, err := one.wait.ready(object(t, one.object))
		state := "ready"
		if err != nil {
			state = "never"
		} else if missing != "" {
			state = "not yet"
		}
		if state != one.state {
			t.Errorf("%s: %s (%s %v)", name, state, missing, err)
		}
	}
}

func TestTimeoutsAreThoseOfTheBlockElseOfTheRealProvider(t *testing.T) {
	job := resources()["kubernetes_job_v1"]
	for operation, wanted := range map[string]time.Duration{"create": 30 * time.Second, "delete": time.Minute} {
		length, err := job.duration(operation, map[string]string{"create": "30s"})
		if err != nil || length != wanted {
			t.Errorf("%s: %v %v", operation, length, err)
		}
	}
}
