import { type ApiServer, unlessGone } from "../kubernetes/api-server";
import { z } from "zod";

const resources = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

/** An object of a manifest, as far as it is named. */
export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Where the API server has the objects of a manifest. It is asked once for each group and version. */
export class Kinds {
  readonly #known = new Map<string, Promise<z.infer<typeof resources>["resources"]>>();

  constructor(private readonly server: Pick<ApiServer, "ask">) {}

  /**
   * Path of an object. @returns undefined where the API server does not know its kind, and so has none of it
   * @param fallback namespace of an object that names none and has one
   */
  async pathOf({ apiVersion, kind, name, namespace }: NamedObject, fallback: string): Promise<string | undefined> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = this.#known.get(root) ?? this.#ask(root);
    this.#known.set(root, known);
    const found = (await known).find((resource) => resource.kind === kind && !resource.name.includes("/"));
    if (found === undefined) return undefined;
    const within = found.namespaced ? `/namespaces/${namespace ?? fallback}` : "";
    return `${root}${within}/${found.name}/${name}`;
  }

  async #ask(root: string): Promise<z.infer<typeof resources>["resources"]> {
    const answer = await unlessGone(this.server.ask(root));
    return answer === undefined ? [] : resources.parse(answer).resources;
  }
}
