/** Metadata as JSON has it; times are RFC 3339 text. */
export interface ObjectMeta {
  readonly name: string;
  /** Of namespaced kinds. */
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  /** Since when it is to go: it does once it has no finalizer left. */
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** What every object of Kubernetes has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** A kind of object `T`, as paths of the API name it. */
export interface ResourceKind<T extends KubernetesObject = KubernetesObject> {
  /** e.g. v1, networking.k8s.io/v1 */
  readonly apiVersion: string;
  readonly kind: string;
  /** e.g. ingresses */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never there: it ties the kind to its type. */
  readonly object?: T;
}

/** What names one object within its kind. */
export interface ObjectReference {
  readonly name: string;
  /** Of namespaced kinds. */
  readonly namespace?: string | undefined;
}

/** Path of all objects of a kind, of one namespace where it is given. */
export function collectionPath({ apiVersion, plural, namespaced }: ResourceKind, namespace?: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced && namespace !== undefined ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

/** Path of one object. @throws Error where a namespace is missing */
export function objectPath(kind: ResourceKind, { name, namespace }: ObjectReference): string {
  if (kind.namespaced && namespace === undefined) throw new Error(`${kind.kind} ${name} needs its namespace`);
  return `${collectionPath(kind, namespace)}/${name}`;
}

/** `<namespace>/<name>`, or the name alone of a cluster-scoped object. */
export function nameOf({ metadata: { name, namespace } }: Pick<KubernetesObject, "metadata">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Whether JSON is an object of that kind. The API server has validated it against the kind's schema; nothing here does again. */
export function isObjectOf<T extends KubernetesObject>(kind: ResourceKind<T>, value: unknown): value is T {
  if (typeof value !== "object" || value === null || !("metadata" in value)) return false;
  return "kind" in value && value.kind === kind.kind && "apiVersion" in value && value.apiVersion === kind.apiVersion;
}
