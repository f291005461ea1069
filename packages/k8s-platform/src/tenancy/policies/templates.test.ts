import { refusals } from "../../testing/admission";
import { type PodKind, podKinds, podMaker, template } from "../../testing/pods";

const kinds = Object.keys(podKinds) as PodKind[];
/** Makers of pods; a pod itself has its metadata as every object has. */
const makersOfPods = kinds.filter((kind) => kind !== "Pod");

const platforms = { "demarc/owner": "k8s-platform" };
const controllers = { "external-dns.demarc/hostname": "storefront.dev.example.com" };

/** A volume whose claim a controller makes, and deletes with the pod. */
const claim = (more: object) => ({ name: "data", ephemeral: { volumeClaimTemplate: { spec: {}, ...more } } });

/** Objects by where a controller takes the metadata of what it makes from. */
function makers(metadata: object): [string, object][] {
  const own = { name: "app", namespace: "pets" };
  return [
    ...makersOfPods.map((kind): [string, object] => [`pods of a ${kind}`, podMaker(kind, template({}, metadata))]),
    ...kinds.map((kind): [string, object] => [
      `volume claims of a pod, beside others, in a ${kind}`,
      podMaker(kind, template({ volumes: [{ name: "x", emptyDir: {} }, claim({}), claim({ metadata })] })),
    ]),
    ["Jobs of a CronJob", { kind: "CronJob", metadata: own, spec: { jobTemplate: { metadata, spec: {} } } }],
    [
      "volume claims of a StatefulSet, beside others",
      { kind: "StatefulSet", metadata: own, spec: { volumeClaimTemplates: [{ spec: {} }, { metadata }] } },
    ],
  ];
}

it.each(makers({ labels: platforms }))("%s have no label of the platform's by a team", (_, object) => {
  const refused = [expect.stringContaining("a template must not give them")];
  expect(refusals("platform-labels", { object })).toEqual(refused);
  expect(refusals("platform-labels", { object, oldObject: object })).toEqual(refused);
  expect(refusals("platform-labels", { object, groups: ["demarc:platform"] })).toEqual([]);
});

it.each(makers({ annotations: platforms }))("%s have no annotation of the platform's by a team", (_, object) => {
  expect(refusals("platform-labels", { object })).toEqual([expect.stringContaining("a template must not")]);
});

it.each(makers({ annotations: controllers }))("%s have no annotation of a controller's by a team", (_, object) => {
  const refused = [expect.stringContaining("a template must not give them")];
  expect(refusals("controller-annotations", { object })).toEqual(refused);
  expect(refusals("controller-annotations", { object, oldObject: object })).toEqual(refused);
  expect(refusals("controller-annotations", { object, groups: ["system:serviceaccounts"] })).toEqual([]);
});

it.each([
  ...makers({ labels: { app: "app" }, annotations: { "kubectl.kubernetes.io/restartedAt": "2026-01-01" } }),
  ...makers({}),
])("%s have labels and annotations of the team's own", (_, object) => {
  for (const policy of ["platform-labels", "controller-annotations"]) expect(refusals(policy, { object })).toEqual([]);
});
