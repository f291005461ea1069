import { type Attempt, exampleOf } from "./attempt";
import { merged } from "./merged";
import { metadata } from "./team-objects";

const labels = { app: "petstore", "demarc/owner": "k8s-platform" };
const template = { metadata: { labels } };

/** Workloads that can be scaled past themselves, with what makes them the platform's. */
const scaled: readonly (readonly [plural: string, spec: object])[] = [
  ["replicationcontrollers", { selector: labels, template }],
  ...["deployments", "replicasets", "statefulsets"].map(
    (plural) => [plural, { selector: { matchLabels: labels }, template }] as const,
  ),
];

/** What team pets tries with the scale of the platform's workloads in its namespace. */
export const scaleAttempts: readonly Attempt[] = scaled.flatMap(([plural, spec]) => {
  const example = exampleOf(plural);
  const before = { ...example, metadata: { ...metadata, labels }, spec: merged(example["spec"], spec) };
  const object = { apiVersion: "autoscaling/v1", kind: "Scale", metadata, spec: { replicas: 1 } };
  return (["apply", "replace", "patch"] as const).map((how) => ({
    ...{ name: "the platform's workload", plural, how, object, before, subresource: "scale" },
    refusedBy: "demarc-scaling",
  }));
});
