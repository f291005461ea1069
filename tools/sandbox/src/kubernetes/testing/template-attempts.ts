import { type Attempt, exampleOf, HELD_OWNER, type Refusal } from "./attempt";
import { metadata, selector, THEIRS } from "./team-objects";
import { merged } from "./merged";

/** Where each kind says what controllers make of it, and what that is. */
const templates: readonly (readonly [plural: string, what: string, spec: (made: object) => object])[] = [
  ...["replicationcontrollers", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs"].map(
    (plural) => [plural, "pods", (made: object) => ({ template: { metadata: made } })] as const,
  ),
  ["cronjobs", "pods", (made) => ({ jobTemplate: { spec: { template: { metadata: made } } } })],
  ["cronjobs", "Jobs", (made) => ({ jobTemplate: { metadata: made } })],
];

/** What an object made by a controller would have, and what refuses it. */
const gains: readonly (readonly [name: string, made: object, refusedBy: string])[] = [
  ["the owner's label", { labels: { "demarc/owner": "k8s-platform" } }, "demarc-platform-labels"],
  ["an annotation of the platform's", { annotations: { "demarc/owner": "x" } }, "demarc-platform-labels"],
  ...[
    "external-dns.demarc/hostname",
    "external-dns.alpha.kubernetes.io/target",
    "alb.ingress.kubernetes.io/group.name",
    "vpc.amazonaws.com/pod-ips",
  ].map((key) => [key, { annotations: { [key]: THEIRS } }, "demarc-controller-annotations"] as const),
  ["a held owner", { ownerReferences: [HELD_OWNER] }, "demarc-owner-references"],
];

/** A kind with a template, as the object that has it and as the change that brings it there. */
function ways(plural: string, name: string, spec: object, made: Refusal, updates = made): Attempt[] {
  const change = { metadata, spec };
  const example = exampleOf(plural);
  // A Job or ReplicationController without labels gets its template's, which another rule refuses.
  const labelled = { ...example.metadata, labels: selector.matchLabels };
  const object = { ...example, metadata: labelled, spec: merged(example["spec"], spec) };
  return [
    ...(["create", "apply"] as const).map((how) => ({ name, plural, how, object, ...made })),
    ...(["replace", "patch"] as const).map((how) => ({ name, plural, how, object: change, ...updates })),
    { name, plural, how: "apply", object, before: example, ...updates },
  ];
}

const claim = (made: object) => ({
  volumeClaimTemplates: [
    {
      metadata: { name: "data", ...made },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    },
  ],
});

/** A template of pods with a volume whose claim a controller makes for each of them. */
const podClaim = (made: object) => {
  const { volumeClaimTemplates } = claim(made);
  const ephemeral = volumeClaimTemplates.map(({ metadata: { name: _, ...given }, spec }) => ({
    volumeClaimTemplate: { metadata: given, spec },
  }));
  return { template: { spec: { volumes: ephemeral.map((volume) => ({ name: "data", ephemeral: volume })) } } };
};

const IMMUTABLE = {
  job: { refusedBy: "field is immutable" },
  statefulSet: { refusedBy: "updates to statefulset spec for fields other than" },
};

/** What a team has a controller make in its name. Kubernetes lets nobody change a StatefulSet's volume claims, and of a Job's pods labels and annotations only. */
export const templateAttempts: readonly Attempt[] = gains.flatMap(([gain, made, refusedBy]) => {
  const refusal = { refusedBy, says: "a template must not give" };
  return [
    ...templates.flatMap(([plural, what, spec]) => {
      const fixed = plural === "jobs" && "ownerReferences" in made;
      return ways(plural, `${what} with ${gain}`, spec(made), refusal, fixed ? IMMUTABLE.job : refusal);
    }),
    ...ways("statefulsets", `volume claims with ${gain}`, claim(made), refusal, IMMUTABLE.statefulSet),
    // Kubernetes itself takes nothing but labels and annotations there.
    ...("ownerReferences" in made
      ? []
      : [
          ...ways("deployments", `volume claims of pods with ${gain}`, podClaim(made), refusal),
          ...ways("cronjobs", `volume claims of pods with ${gain}`, { jobTemplate: { spec: podClaim(made) } }, refusal),
        ]),
  ];
});
