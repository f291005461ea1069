import { z } from "zod";
import { ApiServer, type Ask, type Connection, unlessGone } from "@demarc/deploy/kubernetes";
import {
  collectionPath,
  isObjectOf,
  type KubernetesObject,
  objectPath,
  type ObjectReference,
  type ResourceKind,
} from "./object";

/** What is written: `apiVersion` and `kind` are the kind's. */
export interface Written {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const list = z.object({ metadata: z.object({ resourceVersion: z.string() }), items: z.array(z.looseObject({})) });

const tokenRequest = z.object({ status: z.object({ token: z.string(), expirationTimestamp: z.string() }) });

/** A token of a service account, and when it ends. */
export interface ServiceAccountToken {
  readonly token: string;
  readonly expires: Date;
}

/** One API server as one user of it: what this user may not do throws ApiError 403. */
export class KubernetesClient {
  readonly server: ApiServer;

  /** @param name of whoever writes, as `kubectl get --show-managed-fields` shows it */
  constructor(
    connection: Connection,
    private readonly name: string,
  ) {
    this.server = new ApiServer(connection);
  }

  /** All objects of a kind, of one namespace where it is given, and the version of the whole list. */
  async list<T extends KubernetesObject>(
    kind: ResourceKind<T>,
    { namespace, labelSelector }: { readonly namespace?: string; readonly labelSelector?: string } = {},
  ): Promise<{ readonly items: T[]; readonly resourceVersion: string }> {
    const query = labelSelector === undefined ? {} : { labelSelector };
    const { metadata, items } = list.parse(await this.server.ask(collectionPath(kind, namespace), { query }));
    // A list names the kind of its items once, and not in them.
    const { apiVersion, kind: name } = kind;
    const objects = items.map((item) => ({ ...item, apiVersion, kind: name })).filter((item) => isObjectOf(kind, item));
    return { items: objects, resourceVersion: metadata.resourceVersion };
  }

  /** @returns undefined where there is none */
  async get<T extends KubernetesObject>(kind: ResourceKind<T>, object: ObjectReference): Promise<T | undefined> {
    return unlessGone(this.#one(kind, objectPath(kind, object)));
  }

  /** @throws ApiError AlreadyExists */
  async create<T extends KubernetesObject>(kind: ResourceKind<T>, object: Written): Promise<T> {
    return this.#one(kind, collectionPath(kind, object.metadata.namespace), {
      method: "POST",
      query: { fieldManager: this.name },
      body: { ...object, apiVersion: kind.apiVersion, kind: kind.kind },
    });
  }

  /** Creates it or brings the given fields to these values, server-side; fields that it gave before and no longer does go. */
  async apply<T extends KubernetesObject>(kind: ResourceKind<T>, object: Written): Promise<T> {
    return this.#one(kind, objectPath(kind, object.metadata), {
      method: "PATCH",
      query: { fieldManager: this.name, force: "true" },
      contentType: "application/apply-patch+yaml",
      body: { ...object, apiVersion: kind.apiVersion, kind: kind.kind },
    });
  }

  /** Puts an object in the place of the one that it was read as. @throws ApiError Conflict where that has changed since */
  async update<T extends KubernetesObject>(kind: ResourceKind<T>, object: Written): Promise<T> {
    return this.#one(kind, objectPath(kind, object.metadata), {
      method: "PUT",
      query: { fieldManager: this.name },
      body: { ...object, apiVersion: kind.apiVersion, kind: kind.kind },
    });
  }

  /** Merges (RFC 7386: null takes a field away, a list is replaced as a whole). @returns undefined where it has gone */
  async patch<T extends KubernetesObject>(kind: ResourceKind<T>, object: ObjectReference, patch: object) {
    return unlessGone(this.#merge(kind, objectPath(kind, object), patch));
  }

  /** Merges into the status. @param patch as `{ status: … }`. @returns undefined where the object has gone */
  async patchStatus<T extends KubernetesObject>(kind: ResourceKind<T>, object: ObjectReference, patch: object) {
    return unlessGone(this.#merge(kind, `${objectPath(kind, object)}/status`, patch));
  }

  /** Takes it away; one with finalizers goes later. It is no fault where it has gone already. */
  async delete(kind: ResourceKind, object: ObjectReference, options: object = {}): Promise<void> {
    await unlessGone(this.server.ask(objectPath(kind, object), { method: "DELETE", body: options }));
  }

  /** Evicts a pod. @throws ApiError 429 TooManyRequests where a disruption budget forbids it now */
  async evict({ name, namespace = "" }: ObjectReference): Promise<void> {
    await unlessGone(
      this.server.ask(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
        method: "POST",
        body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } },
      }),
    );
  }

  /** A token of a service account, for an hour. @param audience whom it is for. @default the API server itself */
  async token({ name, namespace = "" }: ObjectReference, audience?: string): Promise<ServiceAccountToken> {
    const answer = await this.server.ask(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
      method: "POST",
      body: {
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenRequest",
        spec: { expirationSeconds: 3_600, ...(audience === undefined ? {} : { audiences: [audience] }) },
      },
    });
    const { token, expirationTimestamp } = tokenRequest.parse(answer).status;
    return { token, expires: new Date(expirationTimestamp) };
  }

  /** Ends all requests that are under way. */
  close(): void {
    this.server.close();
  }

  async #merge<T extends KubernetesObject>(kind: ResourceKind<T>, path: string, patch: object): Promise<T> {
    const query = { fieldManager: this.name };
    return this.#one(kind, path, { method: "PATCH", query, contentType: "application/merge-patch+json", body: patch });
  }

  async #one<T extends KubernetesObject>(kind: ResourceKind<T>, path: string, ask?: Ask): Promise<T> {
    const object = await this.server.ask(path, ask);
    if (isObjectOf(kind, object)) return object;
    throw new Error(`the API server answered no ${kind.kind} to ${path}`);
  }
}
