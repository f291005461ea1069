import { refusals } from "../../testing/admission";
import { podAttempts, podsLetIn } from "../../testing/pod-attempts";
import { type PodKind, podKinds, podMaker, template } from "../../testing/pods";
import { workloads } from "./workloads";

const kinds = Object.keys(podKinds) as PodKind[];
const policies = ["images", "node-upgrades", "priorities", "scheduling", "volumes"];

it("a policy on pods is asked about every kind that is a pod or makes pods, and ephemeral containers", () => {
  const asked = workloads.flatMap(({ group, plurals }) => plurals.map((plural) => `${group}/${plural}`));
  const all = Object.values(podKinds).map(({ path, plural }) => {
    const [, , group] = path.split("/");
    return `${path === "/api/v1" ? "" : String(group)}/${plural}`;
  });
  expect(asked.toSorted()).toEqual([...all, "/pods/ephemeralcontainers"].toSorted());
});

describe.each(kinds)("a %s", (kind) => {
  it.each(podAttempts.map((attempt) => [attempt.name, attempt] as const))("with %s is refused", (_, attempt) => {
    const { policy, answer, template: of } = attempt;
    const refused = [expect.stringContaining(answer)];
    expect(refusals(policy, { object: podMaker(kind, of) })).toEqual(expect.arrayContaining(refused));
    // A pod that is there has its node's name from the scheduler.
    if (kind === "Pod" && answer.startsWith("nodeName")) return;
    const update = { object: podMaker(kind, of), oldObject: podMaker(kind, template()) };
    expect(refusals(policy, update)).toEqual(expect.arrayContaining(refused));
  });

  it.each(podsLetIn.map(({ name, template: of }) => [name, of] as const))("with %s is let in", (_, of) => {
    for (const policy of policies) expect(refusals(policy, { object: podMaker(kind, of) })).toEqual([]);
  });

  it.each(podAttempts.map(({ name, policy, template: of }) => [name, policy, of] as const))(
    "that is older than the rule against %s can be scaled and ended",
    (_, policy, of) => {
      const old = podMaker(kind, of);
      expect(refusals(policy, { oldObject: old, object: { ...old, status: { replicas: 1 } } })).toEqual([]);
    },
  );
});

describe("an exception", () => {
  it("is one team's, not another's", () => {
    const excused = template({ containers: [{ name: "app", image: "registry.example.com/pets/petstore:unstable" }] });
    const reserved = template({ tolerations: [{ key: "example.com/spot", operator: "Exists" }] });
    const slow = template({ terminationGracePeriodSeconds: 601 });
    expect(refusals("images", { object: podMaker("Deployment", excused, "shop") })).toHaveLength(1);
    expect(refusals("scheduling", { object: podMaker("Deployment", reserved, "shop") })).toHaveLength(1);
    expect(refusals("node-upgrades", { object: podMaker("Deployment", slow, "shop") })).toHaveLength(1);
  });

  it.each(["because nobody publishes a digest", ""])("is nothing that a team can write itself: %j", (reason) => {
    const annotations = { "overrides.demarc/mutable-image-tag": reason };
    const tagged = podMaker(
      "Deployment",
      template({ containers: [{ name: "app", image: "ghcr.io:443/app:1" }] }, { annotations }),
    );
    const object = { ...tagged, metadata: { ...tagged.metadata, annotations } };
    expect(refusals("images", { object })).toEqual([expect.stringContaining("end with its digest")]);
  });

  it("of the Job controller is its own finalizer on pods", () => {
    const tracked = template({}, { finalizers: ["batch.kubernetes.io/job-tracking"] });
    expect(refusals("node-upgrades", { object: podMaker("Pod", tracked) })).toEqual([]);
    expect(refusals("node-upgrades", { object: podMaker("Job", tracked) })).toHaveLength(1);
  });

  it("of EKS is its scheduler, with the priority that it gives, on pods alone", () => {
    const fargate = template({ schedulerName: "fargate-scheduler", priorityClassName: "system-node-critical" });
    for (const policy of ["scheduling", "priorities"]) {
      expect(refusals(policy, { object: podMaker("Pod", fargate) })).toEqual([]);
      expect(refusals(policy, { object: podMaker("Deployment", fargate) })).toHaveLength(1);
    }
  });
});

it("a pod has an ephemeral container by digest only", () => {
  const oldObject = podMaker("Pod", template());
  const ephemeral = (image: string) => podMaker("Pod", template({ ephemeralContainers: [{ name: "debug", image }] }));
  expect(refusals("images", { oldObject, object: ephemeral("docker.io/library/busybox:1") })).toHaveLength(2);
});

it("a pod that the scheduler has bound may be changed", () => {
  const bound = podMaker("Pod", template({ nodeName: "ip-10-1-0-1", activeDeadlineSeconds: 60 }));
  const oldObject = podMaker("Pod", template({ nodeName: "ip-10-1-0-1" }));
  expect(refusals("scheduling", { object: bound, oldObject })).toEqual([]);
});

describe("a team's PodDisruptionBudget", () => {
  const name = "petstore";
  const right = {
    selector: { matchLabels: { "app.kubernetes.io/name": name } },
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  };
  const refused = (spec: object) =>
    refusals("disruption-budgets", { object: { metadata: { name }, spec: { ...right, ...spec } } });

  it.each([{ maxUnavailable: 1 }, { maxUnavailable: "1%" }, { maxUnavailable: "100%" }])("may say %j", (spec) => {
    expect(refused(spec)).toEqual([]);
  });

  it.each([
    { maxUnavailable: 0 },
    { maxUnavailable: "0%" },
    { maxUnavailable: "00%" },
    { minAvailable: 1 },
    { minAvailable: "100%" },
    { minAvailable: "51%" },
    {},
  ])("may not say %j", (spec) => {
    expect(refused(spec)).toEqual([expect.stringContaining("must let at least one pod go")]);
  });

  it.each(["IfHealthyBudget", undefined])("may not hold a node by pods that are not ready (%s)", (policy) => {
    const spec = { maxUnavailable: 1, unhealthyPodEvictionPolicy: policy };
    expect(refused(spec)).toEqual([expect.stringContaining("pods that are not ready must not hold a node")]);
  });

  it.each([
    { matchLabels: { "app.kubernetes.io/name": "storefront" } },
    { matchLabels: { team: "pets" } },
    { matchLabels: { "app.kubernetes.io/name": name, team: "pets" } },
    { matchLabels: { "app.kubernetes.io/name": name }, matchExpressions: [{ key: "team", operator: "Exists" }] },
    { matchExpressions: [{ key: "team", operator: "Exists" }] },
    {},
    undefined,
  ])("may not select what another may select too (%j)", (selector) => {
    expect(refused({ maxUnavailable: 1, selector })).toEqual([expect.stringContaining("two budgets select")]);
  });
});

describe("a team's Secret", () => {
  it.each(["kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"])("is not of type %s", (type) => {
    const object = { metadata: {}, type };
    expect(refusals("secrets", { object })).toEqual([expect.stringContaining("a token without end")]);
    expect(refusals("secrets", { object, oldObject: { metadata: {}, type: "Opaque" } })).toHaveLength(1);
  });

  it.each(["Opaque", "kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "helm.sh/release.v1"])(
    "may be of type %s",
    (type) => {
      expect(refusals("secrets", { object: { metadata: {}, type } })).toEqual([]);
    },
  );
});
