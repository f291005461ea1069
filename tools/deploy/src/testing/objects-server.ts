import { ApiError, type Ask } from "../kubernetes/api-server";

/** An object, as the API server has it. */
export interface StoredObject {
  readonly metadata: {
    readonly name?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** An API server with these objects, by path; kinds are those of `discovery`. An object with finalizers stays. */
export class ObjectsServer {
  readonly changes: string[] = [];
  readonly #objects: Map<string, StoredObject>;

  constructor(
    objects: Readonly<Record<string, StoredObject>>,
    private readonly discovery: Readonly<Record<string, object>> = {},
  ) {
    this.#objects = new Map(Object.entries(objects));
  }

  get paths(): string[] {
    return [...this.#objects.keys()];
  }

  object(path: string): StoredObject | undefined {
    return this.#objects.get(path);
  }

  set(path: string, object: StoredObject): void {
    this.#objects.set(path, object);
  }

  ask(path: string, { method = "GET", query, body }: Ask = {}): Promise<unknown> {
    if (method !== "GET") this.changes.push(`${method} ${path}`);
    return Promise.resolve().then(() => this.#answer(path, method, query !== undefined, body));
  }

  #answer(path: string, method: string, isList: boolean, body: unknown): unknown {
    if (isList) {
      const items = this.paths.filter((one) => one.startsWith(`${path}/`)).map((one) => this.object(one));
      return { items: items.length === 0 ? null : items };
    }
    const found = this.#objects.get(path) ?? this.discovery[path];
    if (found === undefined) throw new ApiError(404, "NotFound", `${path} not found`);
    if (method === "DELETE" && this.object(path)?.metadata.finalizers === undefined) this.#objects.delete(path);
    if (method === "PUT" && isStored(body)) this.#put(path, body);
    return found;
  }

  #put(path: string, object: StoredObject): void {
    if (object.metadata.resourceVersion !== this.object(path)?.metadata.resourceVersion) {
      throw new ApiError(409, "Conflict", "the object has been modified");
    }
    this.#objects.set(path, object);
  }
}

function isStored(body: unknown): body is StoredObject {
  return typeof body === "object" && body !== null && "metadata" in body;
}
