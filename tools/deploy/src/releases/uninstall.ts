import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { type ApiServer, unlessGone } from "../kubernetes/api-server";
import type { DeclaredRelease } from "./declared";
import { Kinds } from "./kinds";

const annotations = z.record(z.string(), z.string()).nullish();
const written = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), annotations }),
});
const live = z.object({ metadata: z.object({ annotations, finalizers: z.array(z.string()).default([]) }) });

/** An object that is still there. */
interface Left {
  readonly path: string;
  /** What keeps it. */
  readonly finalizers: readonly string[];
}

/** How long what is deleted may take to go, and how often it is asked whether it has, in milliseconds. */
export interface Patience {
  readonly atMost: number;
  readonly every: number;
}

/**
 * Deletes what a revision's manifest has, in the opposite order, as `helm uninstall` does without hooks, and waits until it is gone.
 * An object stays where its manifest says `helm.sh/resource-policy: keep`, and where another release or nobody's Helm made it.
 * @returns what does not go
 */
export async function uninstall(
  manifest: string,
  release: DeclaredRelease,
  server: Pick<ApiServer, "ask">,
  patience: Patience,
): Promise<Left[]> {
  const kinds = new Kinds(server);
  const paths: string[] = [];
  for (const object of objectsIn(manifest).toReversed()) {
    const path = await kinds.pathOf(object, release.namespace);
    if (path === undefined || !(await isOf(release, path, server))) continue;
    await unlessGone(server.ask(path, { method: "DELETE", body: { propagationPolicy: "Background" } }));
    paths.push(path);
  }
  return whatStays(paths, server, patience);
}

function objectsIn(manifest: string) {
  return parseAllDocuments(manifest)
    .flatMap((document) => written.safeParse(document.toJS()).data ?? [])
    .filter(({ metadata }) => metadata.annotations?.["helm.sh/resource-policy"] !== "keep")
    .map(({ apiVersion, kind, metadata: { name, namespace } }) => ({ apiVersion, kind, name, namespace }));
}

/** Helm writes the release into all that it makes. */
async function isOf({ name, namespace }: DeclaredRelease, path: string, server: Pick<ApiServer, "ask">) {
  const found = await unlessGone(server.ask(path));
  if (found === undefined) return false;
  const said = live.parse(found).metadata.annotations ?? {};
  return said["meta.helm.sh/release-name"] === name && said["meta.helm.sh/release-namespace"] === namespace;
}

async function whatStays(
  paths: readonly string[],
  server: Pick<ApiServer, "ask">,
  { atMost, every }: Patience,
): Promise<Left[]> {
  const until = Date.now() + atMost;
  for (;;) {
    const left: Left[] = [];
    for (const path of paths) {
      const found = await unlessGone(server.ask(path));
      if (found !== undefined) left.push({ path, finalizers: live.parse(found).metadata.finalizers });
    }
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(every);
  }
}
