import { z } from "zod";
import { type ApiServer, unlessGone } from "../kubernetes/api-server";
import { lockSentence } from "../lock";
import { Refusal } from "../refusal";
import type { DeployableStack } from "../stacks";
import type { States } from "../states";
import { type Deployer, inItsCluster, said } from "./cluster";
import type { DeclaredRelease } from "./declared";
import { revisionIn } from "./record";
import { type Patience, uninstall } from "./uninstall";
import { type UnfinishedRelease, unfinishedReleases } from "./unfinished";

const PATIENCE: Patience = { atMost: 300_000, every: 1_000 };

/**
 * Puts right what a killed deploy or destroy left of a stack's Helm releases, before Terraform: Helm refuses to upgrade a release that
 * is pending, and to install one whose name is taken. Where a revision was whole, the one that was under work counts as failed, as
 * Helm itself writes it, and the next upgrade starts from the whole one. Else what there is of the release is uninstalled.
 * @returns what was done, a sentence each
 * @throws Refusal where somebody deploys the stack now, or a release cannot be put right
 */
export async function recoverReleases(stack: DeployableStack, deployer: Deployer): Promise<string[]> {
  const done = await inItsCluster(
    stack,
    deployer,
    (releases, server) => recover(releases, server, () => refuseWhereLocked(stack, deployer.states)),
    (fault) => [
      `Whether a killed deploy left a Helm release of ${stack.id} unfinished cannot be seen (${fault}): Terraform tries all the same.`,
    ],
  );
  return done ?? [];
}

/** The same of several stacks, each sentence said as it is known. */
export async function recoverAll(
  stacks: readonly DeployableStack[],
  deployer: Deployer & { readonly say: (line: string) => void },
): Promise<void> {
  for (const stack of stacks) for (const sentence of await recoverReleases(stack, deployer)) deployer.say(sentence);
}

/**
 * @param refuseWhereLocked asked once a release is found unfinished: a deploy holds the lock for as long as it is at work, so whoever
 * made it so has ended by then
 */
export async function recover(
  releases: readonly DeclaredRelease[],
  server: Pick<ApiServer, "ask">,
  refuseWhereLocked: () => Promise<void>,
  patience = PATIENCE,
): Promise<string[]> {
  const unfinished = await unfinishedReleases(releases, server);
  if (unfinished.length > 0) await refuseWhereLocked();
  const done: string[] = [];
  for (const release of unfinished) {
    const { name, namespace, status } = release;
    const what = `Helm release ${name} in ${namespace} was left at ${status} by a deploy that was killed`;
    try {
      const how = await recoverOne(release, server, patience);
      if (how !== undefined) done.push(`${what}: ${how}.`);
    } catch (error) {
      const wayOut = release.whole === undefined ? `uninstall ${name}` : `rollback ${name} ${String(release.whole)}`;
      throw new Refusal([
        ...done,
        `${what}, and cannot be put right: ${said(error)}. Deploy again, or do it by hand: helm --namespace ${namespace} ${wayOut}`,
      ]);
    }
  }
  return done;
}

const secret = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  data: z.looseObject({ release: z.string() }),
});

/** @returns what was done; undefined where its record goes meanwhile: whoever was at work on the release has ended that */
async function recoverOne(release: UnfinishedRelease, server: Pick<ApiServer, "ask">, patience: Patience) {
  const { namespace, record, records, whole } = release;
  const pathOf = (name: string) => `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const found = await unlessGone(server.ask(pathOf(record)));
  if (found === undefined) return undefined;
  const { metadata, data, ...others } = secret.parse(found);
  const revision = revisionIn(data.release);
  if (whole !== undefined) {
    // With the resourceVersion that was read: who else has written since then is not overwritten.
    const asked = server.ask(pathOf(record), {
      method: "PUT",
      body: {
        ...others,
        metadata: { ...metadata, labels: { ...metadata.labels, status: "failed" } },
        data: { ...data, release: revision.failed() },
      },
    });
    if ((await unlessGone(asked)) === undefined) return undefined;
    return `that revision counts as failed now, and the next one is made from revision ${String(whole)}`;
  }
  const left = await uninstall(revision.manifest, release, server, patience);
  if (left.length > 0) {
    const what = left.map(({ path, finalizers }) =>
      finalizers.length === 0 ? path : `${path} (held by ${finalizers.join(", ")})`,
    );
    throw new Error(`still there is ${what.join(", ")}`);
  }
  // The last one last: killed in between, it is found once more.
  for (const name of records) await unlessGone(server.ask(pathOf(name), { method: "DELETE" }));
  return "what there was of it is uninstalled";
}

async function refuseWhereLocked(stack: DeployableStack, states: States): Promise<void> {
  const lock = await states.lock(stack.state);
  if (lock !== undefined) throw new Refusal([lockSentence({ stack, lock })]);
}
