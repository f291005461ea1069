import { storefront } from "../testing/web-application";

const labels = { "app.kubernetes.io/name": "storefront" };
const platform = "data.terraform_remote_state.k8s-platform-platform-v2.outputs.platform_v2";
const namespace = `\${${platform}.namespaces.shop}`;

/** The one pod and container of the app's Deployment. */
function podOf(stack: ReturnType<typeof storefront>) {
  const { spec } = stack.object("Deployment") as { spec: { template: { spec: unknown } } };
  const pod = spec.template.spec as { containers: [Record<string, unknown>] } & Record<string, unknown>;
  return { pod, container: pod.containers[0] };
}

it.each(["backend", "aws", "helm", "new"])("may be named %s, as something of ours is", (name) => {
  const stack = storefront({}, { registered: { name } });
  expect(stack.object("Deployment")["metadata"]).toMatchObject({ name });
});

describe("a web application", () => {
  it("is nothing but objects of its team's namespace, and needs no role", () => {
    const stack = storefront();
    expect(stack.resourceTypes).toEqual([
      "helm_release",
      "kubernetes_ingress_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_service_account_v1",
      "kubernetes_service_v1",
    ]);
    const [release, ...typed] = stack.resourceTypes;
    for (const type of typed)
      expect(stack.resource(type)["metadata"]).toMatchObject({ namespace, labels: { ...labels, team: "shop" } });
    expect(stack.resource(release ?? "")).toMatchObject({ namespace });
    for (const kind of ["Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget"])
      expect(stack.object(kind)["metadata"]).toMatchObject({ namespace, labels: { ...labels, team: "shop" } });
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
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
      automountServiceAccountToken: false,
      volumes: [],
    });
    expect(container["securityContext"]).toMatchObject({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container).toMatchObject({
      imagePullPolicy: "IfNotPresent",
      ports: [{ name: "http", containerPort: 8080 }],
    });
  });

  it("gets the app's texts as they are: Terraform fills nothing in", () => {
    const stack = storefront({
      variables: { LOG: "[${spring.application.name}]", FORMAT: "%{http_code}" },
      overrides: { singleReplica: { reason: "one is enough for ${path.cwd}" } },
    });
    const { container } = podOf(stack);
    expect(container["env"]).toEqual([
      { name: "LOG", value: "[$${spring.application.name}]" },
      { name: "FORMAT", value: "%%{http_code}" },
    ]);
    const annotations = { "overrides.demarc/single-replica": "one is enough for $${path.cwd}" };
    expect(stack.object("Deployment")).toMatchObject({ metadata: { annotations } });
  });

  it("asks for what it needs, and starts, lives and serves by its probes", () => {
    const { container } = podOf(storefront({ probes: { readiness: "/r", liveness: "/l", startupSeconds: 123 } }));
    expect(container["resources"]).toEqual({
      requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "128Mi" },
      limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
    });
    const get = (path: string) => ({ httpGet: { path, port: "http" } });
    expect(container["readinessProbe"]).toMatchObject(get("/r"));
    expect(container["livenessProbe"]).toMatchObject(get("/l"));
    expect(container["startupProbe"]).toMatchObject({ ...get("/l"), periodSeconds: 5, failureThreshold: 25 });
  });

  it("asks in the form that Kubernetes writes, which its answer does not differ from", () => {
    const amounts = { cpu: "1.5", memory: "2048Mi" };
    const { container } = podOf(storefront({ resources: { requests: amounts, limits: amounts } }));
    const canonical = { cpu: "1500m", memory: "2Gi" };
    expect(container["resources"]).toMatchObject({ requests: canonical, limits: canonical });
    const reason = "it unpacks its catalogue there";
    const paths = ["/tmp", "/var/cache"];
    const { pod } = podOf(storefront({ overrides: { writablePaths: { paths, megabytes: 2048, reason } } }));
    expect(pod["volumes"]).toMatchObject([{ emptyDir: { sizeLimit: "2Gi" } }, { emptyDir: { sizeLimit: "2Gi" } }]);
  });

  it("serves on until the load balancer has drained it, by no program of its image, and is given time to stop after that", () => {
    const stack = storefront({ drainSeconds: 60, stopSeconds: 45 });
    const { pod, container } = podOf(stack);
    expect(container["lifecycle"]).toEqual({ preStop: { sleep: { seconds: 70 } } });
    expect(pod["terminationGracePeriodSeconds"]).toBe(115);
    expect(stack.resource("kubernetes_ingress_v1")["metadata"]).toMatchObject({
      annotations: {
        "alb.ingress.kubernetes.io/target-group-attributes": "deregistration_delay.timeout_seconds=60",
      },
    });
  });

  it("is spread over zones and hosts, each version by itself", () => {
    const { pod } = podOf(storefront());
    const spread = { maxSkew: 1, labelSelector: { matchLabels: labels }, matchLabelKeys: ["pod-template-hash"] };
    expect(pod["topologySpreadConstraints"]).toMatchObject([
      { ...spread, topologyKey: "topology.kubernetes.io/zone" },
      { ...spread, topologyKey: "kubernetes.io/hostname" },
    ]);
  });
});

describe("what keeps an app up", () => {
  it("leaves the number of pods to the autoscaler: a release does not set it back", () => {
    const stack = storefront({ replicas: { min: 3, max: 9, cpuPercent: 50 } });
    const deployment = stack.object("Deployment");
    expect(deployment).toMatchObject({ spec: { strategy: { rollingUpdate: { maxUnavailable: 0 } } } });
    expect(deployment).not.toHaveProperty(["spec", "replicas"]);
    expect(stack.object("HorizontalPodAutoscaler")).toMatchObject({
      spec: {
        minReplicas: 3,
        maxReplicas: 9,
        scaleTargetRef: { kind: "Deployment", name: "storefront" },
        metrics: [{ type: "Resource", resource: { name: "cpu", target: { averageUtilization: 50 } } }],
      },
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
