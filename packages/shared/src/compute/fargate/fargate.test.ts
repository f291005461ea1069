import { terraformLiteral } from "../../json";
import { dev } from "../../testing";
import { computeFindings } from "../limits";

const fargate = { clusters: { a: { version: "1.35", compute: { kind: "fargate" as const } } } };
const container = {
  name: "app",
  resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
};

/** A stack in which the objects chart renders these. */
const rendered = (...objects: object[]) => ({
  resource: { helm_release: { pods: { values: [terraformLiteral(JSON.stringify({ objects }))] } } },
});

const deployment = (pod: object, more: object = {}) => ({
  kind: "Deployment",
  metadata: { name: "web" },
  spec: { template: { spec: { containers: [container], ...pod } }, ...more },
});

const found = (json: object, environment: Parameters<typeof computeFindings>[1] = fargate) =>
  computeFindings("dev-a-web", environment, "a", json);
const refused = (...objects: object[]) => found(rendered(...objects)).problems;
const of = (pod: object) => refused(deployment(pod));
const holding = (more: object) => ({ containers: [{ ...container, ...more }] });

describe("what Fargate has not", () => {
  it.each<[string, object, string]>([
    ["the network of a node", { hostNetwork: true }, "no share in its network"],
    ["the processes of a node", { hostPID: true }, "no share in its network or processes"],
    ["a port of a node", holding({ ports: [{ containerPort: 80, hostPort: 80 }] }), "hostPort is a port of a node"],
    ["a privileged container", holding({ securityContext: { privileged: true } }), "privileged containers"],
    [
      "one before the start",
      { initContainers: [{ ...container, securityContext: { privileged: true } }] },
      "privileged containers",
    ],
    ["a GPU", holding({ resources: { limits: { cpu: "1", memory: "1Gi", "nvidia.com/gpu": "1" } } }), "no GPU"],
    ["a folder of a node", { volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }, "hostPath is a folder"],
    ["an EBS volume", { volumes: [{ name: "data", ephemeral: { volumeClaimTemplate: {} } }] }, "no EBS volume"],
    ["ARM", { nodeSelector: { "kubernetes.io/arch": "arm64" } }, "no ARM, no Spot"],
    ["Spot", { nodeSelector: { "karpenter.sh/capacity-type": "spot" } }, "no ARM, no Spot"],
    [
      "ARM by affinity",
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }] },
              ],
            },
          },
        },
      },
      "no ARM, no Spot",
    ],
  ])("is refused: %s", (_what, pod, message) => {
    expect(of(pod)).toEqual([expect.stringContaining(message)]);
    expect(of(pod)[0]).toMatch(/^dev-a-web: Deployment web: /);
  });

  it.each<[string, object, string]>([
    ["a DaemonSet", { ...deployment({}), kind: "DaemonSet" }, "a DaemonSet runs a pod on every node"],
    [
      "a StatefulSet with disks",
      { ...deployment({}, { volumeClaimTemplates: [{}] }), kind: "StatefulSet" },
      "a StatefulSet with volumes of its own",
    ],
    ["a claim", { kind: "PersistentVolumeClaim", spec: {} }, "nobody makes volumes on Fargate"],
    ["a class", { kind: "StorageClass", provisioner: "ebs.csi.aws.com" }, "a class of EBS volumes"],
    ["a binding of instances", { kind: "TargetGroupBinding", spec: {} }, "say targetType: ip"],
    [
      "an Ingress to instances",
      { kind: "Ingress", metadata: { annotations: { "alb.ingress.kubernetes.io/target-type": "instance" } } },
      "there is no instance to register",
    ],
  ])("is refused: %s", (_what, object, message) => {
    expect(refused(object)).toEqual([expect.stringContaining(message)]);
  });

  it("is refused in Terraform's own resources too, all of it at once", () => {
    const pod = {
      container: [{ ...container, port: [{ container_port: 80, host_port: 80 }] }],
      host_network: true,
      node_selector: { "kubernetes.io/arch": "arm64" },
    };
    const spec = { job_template: { spec: { ttl_seconds_after_finished: "60", template: { spec: pod } } } };
    const json = {
      resource: {
        kubernetes_cron_job_v1: { nightly: { metadata: { name: "nightly" }, spec: [spec] } },
        kubernetes_daemonset: { agent: { metadata: { name: "agent" } } },
      },
    };
    expect(found(json)).toEqual({
      problems: [
        expect.stringContaining("no share in its network"),
        expect.stringContaining("hostPort is a port"),
        expect.stringContaining("no ARM, no Spot"),
        expect.stringContaining("daemonset agent: a DaemonSet runs"),
      ],
      warnings: [],
    });
  });

  it("is let in on nodes, and what Fargate has is let in there", () => {
    expect(found(rendered(deployment({ hostNetwork: true })), dev)).toEqual({ problems: [], warnings: [] });
    expect(
      refused(
        deployment({
          volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }],
          nodeSelector: { "kubernetes.io/arch": "amd64" },
        }),
        { kind: "PersistentVolumeClaim", spec: { volumeName: "efs" } },
        { kind: "StorageClass", provisioner: "efs.csi.aws.com" },
        { kind: "TargetGroupBinding", spec: { targetType: "ip" } },
      ),
    ).toEqual([]);
  });
});

describe("what a pod asks for on Fargate", () => {
  const sized = (cpu: string, memory: string, more: object = {}) => {
    const amounts = { cpu, memory, ...more };
    return { ...container, resources: { requests: amounts, limits: amounts } };
  };
  const findings = (pod: object) => found(rendered(deployment(pod)));

  it("is warned of where Kubernetes' share makes the machine larger", () => {
    expect(findings({ containers: [sized("1", "8Gi")] })).toEqual({
      problems: [],
      warnings: [
        expect.stringMatching(
          /^dev-a-web: Deployment web: .* would fit 1 vCPU with 8 GB; .* gets, and you pay, 2 vCPU with 9 GB/,
        ),
      ],
    });
    expect(findings({ containers: [sized("1", "7936Mi")] }).warnings).toEqual([]);
  });

  it("counts sidecars with it, and what comes before its start where that is more", () => {
    const sidecar = { ...sized("1", "256Mi"), restartPolicy: "Always" };
    expect(findings({ containers: [sized("1", "7936Mi")], initContainers: [sidecar] }).warnings).toEqual([
      expect.stringContaining("would fit 2 vCPU with 8 GB"),
    ]);
    expect(findings({ containers: [sized("15", "1Gi")], initContainers: [sidecar] }).problems).toEqual([]);
    expect(findings({ containers: [sized("15500m", "1Gi")], initContainers: [sidecar] }).problems).toEqual([
      expect.stringContaining("more than the largest machine of Fargate has, 16 vCPU with 120 GB; request less"),
    ]);
    expect(findings({ initContainers: [sized("16500m", "1Gi")] }).problems).toHaveLength(1);
  });

  it("is refused where no pod has as much disk", () => {
    const disk = (amount: string) => ({ containers: [sized("1", "1Gi", { "ephemeral-storage": amount })] });
    expect(findings(disk("175Gi")).problems).toEqual([]);
    expect(findings(disk("176Gi")).problems).toEqual([expect.stringContaining("more than the 175 GiB of disk")]);
  });

  it("is warned of where limits are not what is requested, which has no use there", () => {
    const unequal = { ...container, resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "2Gi" } } };
    expect(findings({ containers: [unequal] }).warnings).toEqual([
      expect.stringContaining("app: on Fargate the requests say how large the machine is"),
    ]);
    expect(findings({ containers: [{ ...container, resources: { limits: { cpu: "1", memory: "1Gi" } } }] })).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it("is warned of where a Job's pods stay when they are done", () => {
    const job = (more: object) => found(rendered({ ...deployment({}, more), kind: "Job" })).warnings;
    expect(job({})).toEqual([expect.stringContaining("say ttlSecondsAfterFinished")]);
    expect(job({ ttlSecondsAfterFinished: 60 })).toEqual([]);
  });
});
