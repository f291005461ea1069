import { storefront } from "../testing/web-application";

const labels = { "app.kubernetes.io/name": "storefront" };
const platform = "data.terraform_remote_state.k8s-platform-platform-v2.outputs.platform_v2";
const namespace = `\${${platform}.namespaces.shop}`;

/** The one pod and container of the app's Deployment. */
function podOf(stack: ReturnType<typeof storefront>) {
  const { spec } = stack.resource("kubernetes_deployment_v1") as { spec: { template: { spec: unknown } } };
  const pod = spec.template.spec as { container: [Record<string, unknown>] } & Record<string, unknown>;
  return { pod, container: pod.container[0] };
}

describe("a web application", () => {
  it("is nothing but objects of its team's namespace, and needs no role", () => {
    const stack = storefront();
    expect(stack.resourceTypes).toEqual([
      "helm_release",
      "kubernetes_deployment_v1",
      "kubernetes_horizontal_pod_autoscaler_v2",
      "kubernetes_ingress_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_service_account_v1",
      "kubernetes_service_v1",
    ]);
    const [release, ...typed] = stack.resourceTypes;
    for (const type of typed)
      expect(stack.resource(type)["metadata"]).toMatchObject({ namespace, labels: { ...labels, team: "shop" } });
    expect(stack.resource(release ?? "")).toMatchObject({ namespace });
    expect(stack.object("PodDisruptionBudget")["metadata"]).toMatchObject({ labels: { ...labels, team: "shop" } });
  });

  it("has a state of its own for each cluster", () => {
    expect(storefront().json).toMatchObject({
      terraform: { backend: { s3: { key: "dev/a/apps/storefront.tfstate" } } },
    });
  });
});

describe("a pod", () => {
  it("keeps to Pod Security's restricted level, with a root file system that nobody writes", () => {
    const { pod, container } = podOf(storefront());
    expect(pod).toMatchObject({
      security_context: { run_as_non_root: true, run_as_user: "65532", seccomp_profile: { type: "RuntimeDefault" } },
      automount_service_account_token: false,
      volume: [],
    });
    expect(container["security_context"]).toMatchObject({
      allow_privilege_escalation: false,
      privileged: false,
      read_only_root_filesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container).toMatchObject({
      image_pull_policy: "IfNotPresent",
      port: [{ name: "http", container_port: 8080 }],
    });
  });

  it("gets the app's texts as they are: Terraform fills nothing in", () => {
    const stack = storefront({
      variables: { LOG: "[${spring.application.name}]", FORMAT: "%{http_code}" },
      probes: { readiness: "/${r}", liveness: "/l" },
      overrides: { singleReplica: { reason: "one is enough for ${path.cwd}" } },
    });
    const { container } = podOf(stack);
    expect(container["env"]).toEqual([
      { name: "LOG", value: "[$${spring.application.name}]" },
      { name: "FORMAT", value: "%%{http_code}" },
    ]);
    expect(container["readiness_probe"]).toMatchObject({ http_get: { path: "/$${r}" } });
    const annotations = { "overrides.demarc/single-replica": "one is enough for $${path.cwd}" };
    expect(stack.resource("kubernetes_deployment_v1")).toMatchObject({ metadata: { annotations } });
  });

  it("asks for what it needs, and starts, lives and serves by its probes", () => {
    const { container } = podOf(storefront({ probes: { readiness: "/r", liveness: "/l", startupSeconds: 123 } }));
    expect(container["resources"]).toEqual({
      requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "128Mi" },
      limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
    });
    const get = (path: string) => ({ http_get: { path, port: "http" } });
    expect(container["readiness_probe"]).toMatchObject(get("/r"));
    expect(container["liveness_probe"]).toMatchObject(get("/l"));
    expect(container["startup_probe"]).toMatchObject({ ...get("/l"), period_seconds: 5, failure_threshold: 25 });
  });

  it("serves on until the load balancer has drained it, and is given time to stop after that", () => {
    const stack = storefront({ drainSeconds: 60, stopSeconds: 45 });
    const { pod, container } = podOf(stack);
    expect(container["lifecycle"]).toEqual({ pre_stop: [{ exec: { command: ["sleep", "70"] } }] });
    expect(pod["termination_grace_period_seconds"]).toBe(115);
    expect(stack.resource("kubernetes_ingress_v1")["metadata"]).toMatchObject({
      annotations: {
        "alb.ingress.kubernetes.io/target-group-attributes": "deregistration_delay.timeout_seconds=60",
      },
    });
  });

  it("is spread over zones and hosts, each version by itself", () => {
    const { pod } = podOf(storefront());
    const spread = { max_skew: 1, label_selector: [{ match_labels: labels }], match_label_keys: ["pod-template-hash"] };
    expect(pod["topology_spread_constraint"]).toMatchObject([
      { ...spread, topology_key: "topology.kubernetes.io/zone" },
      { ...spread, topology_key: "kubernetes.io/hostname" },
    ]);
  });
});

describe("what keeps an app up", () => {
  it("starts with the least replicas and leaves their number to the autoscaler", () => {
    const stack = storefront({ replicas: { min: 3, max: 9, cpuPercent: 50 } });
    expect(stack.resource("kubernetes_deployment_v1")).toMatchObject({
      spec: { replicas: "3", strategy: { rolling_update: { max_unavailable: "0" } } },
      lifecycle: { ignore_changes: ["spec[0].replicas"] },
    });
    expect(stack.resource("kubernetes_horizontal_pod_autoscaler_v2")["spec"]).toMatchObject({
      min_replicas: 3,
      max_replicas: 9,
      scale_target_ref: { kind: "Deployment" },
      metric: [{ type: "Resource", resource: { name: "cpu", target: { average_utilization: 50 } } }],
    });
  });

  it("lets a drain take one pod at a time", () => {
    expect(storefront().object("PodDisruptionBudget")).toMatchObject({
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels } },
    });
  });
});

describe("the network of an app", () => {
  it("finds its port by name, so that no number can differ", () => {
    expect(storefront({ port: 9898 }).resource("kubernetes_service_v1")["spec"]).toEqual({
      type: "ClusterIP",
      selector: labels,
      port: [{ name: "http", port: 9898, target_port: "http", protocol: "TCP" }],
    });
  });

  it("lets the load balancer in at the app's port, from up to six subnets, and the app out to nothing", () => {
    const from = [0, 1, 2, 3, 4, 5].map((index) => ({
      ip_block: { cidr: `\${element(${platform}.loadBalancerCidrs, ${index})}` },
    }));
    expect(storefront().resource("kubernetes_network_policy_v1")["spec"]).toEqual({
      pod_selector: { match_labels: labels },
      policy_types: ["Ingress", "Egress"],
      ingress: [{ from, ports: [{ port: "8080", protocol: "TCP" }] }],
      egress: [],
    });
  });

  it("lets the app out to what it connects to", () => {
    const { spec } = storefront({ connectsTo: [{ cidr: "203.0.113.0/24", port: 587 }] }).resource(
      "kubernetes_network_policy_v1",
    );
    expect(spec).toMatchObject({
      egress: [{ to: [{ ip_block: { cidr: "203.0.113.0/24" } }], ports: [{ port: "587", protocol: "TCP" }] }],
    });
  });
});
