import { objects, pathOf, traefikOthers } from "./team-objects";

/** A request that a team's role does not let it make. Its body may be poor: RBAC is asked before anything reads it. */
export interface RightsAttempt {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** Of a patch. @default a merge */
  readonly contentType?: string;
}

const APPLY = "application/apply-patch+yaml";

/** Every way to write an object of one's own at that place. */
function writes(collection: string, body: object = {}): RightsAttempt[] {
  const path = `${collection}/petstore`;
  return [
    { method: "POST", path: collection, body },
    { method: "PATCH", path, body, contentType: APPLY },
    ...changes(path, body),
  ];
}

function changes(path: string, body: object = {}): RightsAttempt[] {
  return [
    { method: "PUT", path, body },
    { method: "PATCH", path, body },
  ];
}

const pets = (api: string) => `${api}/namespaces/pets`;

/** Kinds that make pods, which a team leaves to a Deployment, StatefulSet, Job or CronJob. */
const workloads = ["pods", "replicationcontrollers", "daemonsets", "replicasets"].flatMap((plural) =>
  writes(pathOf(plural)),
);

/** What reaches an object or its pods past the object itself, where most policies are not asked. */
const subresources: RightsAttempt[] = [
  ...Object.keys(objects)
    .filter((plural) => !["configmaps", "secrets", "serviceaccounts"].includes(plural))
    .flatMap((plural) => changes(`${pathOf(plural)}/petstore/status`)),
  ...["replicasets", "replicationcontrollers"].flatMap((plural) => changes(`${pathOf(plural)}/petstore/scale`)),
  ...["status", "ephemeralcontainers", "resize"].flatMap((name) => changes(`${pets("/api/v1")}/pods/petstore/${name}`)),
  ...["binding", "eviction", "exec", "attach", "portforward"].map((name) => ({
    ...{ method: "POST" as const, path: `${pets("/api/v1")}/pods/petstore/${name}`, body: {} },
  })),
  { method: "GET", path: `${pets("/api/v1")}/pods/petstore/proxy` },
  { method: "GET", path: `${pets("/api/v1")}/services/petstore/proxy` },
  { method: "POST", path: `${pets("/api/v1")}/bindings`, body: {} },
  { method: "POST", path: `${pets("/api/v1")}/serviceaccounts/petstore/token`, body: {} },
];

/** What holds the line in its own namespace. */
const fences: RightsAttempt[] = [
  ...["resourcequotas", "limitranges", "endpoints"].flatMap((plural) => writes(`${pets("/api/v1")}/${plural}`)),
  ...["roles", "rolebindings"].flatMap((plural) => writes(`${pets("/apis/rbac.authorization.k8s.io/v1")}/${plural}`)),
  ...writes(`${pets("/apis/discovery.k8s.io/v1")}/endpointslices`),
  ...Object.keys(traefikOthers).flatMap((plural) => writes(pathOf(plural))),
  // Of EKS Auto Mode: by a binding it draws a load balancer's traffic, by a policy of its own kind it opens pods past NetworkPolicies.
  ...writes(`${pets("/apis/eks.amazonaws.com/v1")}/targetgroupbindings`),
  ...writes(`${pets("/apis/networking.k8s.aws/v1alpha1")}/applicationnetworkpolicies`),
  ...changes("/api/v1/namespaces/pets"),
  { method: "DELETE", path: "/api/v1/namespaces/pets" },
];

/** What all teams have together. */
const together: RightsAttempt[] = [
  "/api/v1/namespaces",
  "/api/v1/nodes",
  "/api/v1/persistentvolumes",
  "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
  "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
  "/apis/apiregistration.k8s.io/v1/apiservices",
  "/apis/certificates.k8s.io/v1/certificatesigningrequests",
  "/apis/eks.amazonaws.com/v1/ingressclassparams",
  "/apis/eks.amazonaws.com/v1/nodeclasses",
  "/apis/karpenter.sh/v1/nodeclaims",
  "/apis/karpenter.sh/v1/nodepools",
  "/apis/networking.k8s.io/v1/ingressclasses",
  "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  "/apis/rbac.authorization.k8s.io/v1/clusterroles",
  "/apis/scheduling.k8s.io/v1/priorityclasses",
  "/apis/storage.k8s.io/v1/storageclasses",
].flatMap((path) => writes(path));

/** Every kind that it may write at home, in another team's namespace and the system's. */
const elsewhere = ["shop", "kube-system"].flatMap((namespace) =>
  Object.entries(objects).flatMap(([plural, object]): RightsAttempt[] => {
    const collection = pathOf(plural).replace("/pets/", `/${namespace}/`);
    return [
      { method: "GET", path: collection },
      ...writes(collection, object),
      { method: "DELETE", path: `${collection}/petstore` },
    ];
  }),
);

export const rightsAttempts: readonly RightsAttempt[] = [
  ...workloads,
  ...subresources,
  ...fences,
  ...together,
  ...elsewhere,
];
