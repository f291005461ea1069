import { type Amounts, largestPodOf, limitsOf, type Problem } from "../environment";
import { bytes, millicores } from "../quantity";
import type { ApplicationStack } from "./application-stack";
import { diskMebibytes } from "./disk";
import type { WebApplicationSettings } from "./schema";

/** Share of its pods that a Deployment may have beyond their number while one version follows another. */
export const SURGE = 0.25;

type Asking = Pick<WebApplicationSettings, "resources" | "replicas" | "overrides">;

/** CPU in thousandths, memory and disk in bytes. */
interface Taken {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
}

const kinds = [
  { kind: "cpu", called: "CPU", amount: millicores },
  { kind: "memory", called: "memory", amount: bytes },
  { kind: "ephemeralStorage", called: "disk", amount: bytes },
] as const;

/** The kinds of which more is asked than may be. */
function above(asked: Taken, most: Amounts) {
  return kinds.filter(({ kind, amount }) => asked[kind] > amount(most[kind]));
}

/**
 * What its team may not have in this environment, and what no node has room for. Without this, Kubernetes would refuse the pods one by
 * one or leave them Pending, and the deploy would fail after ten minutes of waiting for them.
 */
export function limitProblems(stack: ApplicationStack, settings: Asking): Problem[] {
  const { environment, team } = stack;
  const { quota, container } = limitsOf(environment, team);
  const where = `teams.${team}.limits`;
  const asked = askedBy(settings);
  const tooLarge = above(asked.limits, container).map(({ kind, called }) => ({
    path: placeOf(kind, "limits"),
    message: `a container of team "${team}" may have ${container[kind]} of ${called} at most; ask for less, or have ${where}.container.${kind} of the environment raised`,
  }));
  const parts = [...stack.parts.values(), settings];
  const pods = podsOf(settings, stack);
  const tooMany = (["requests", "limits"] as const).flatMap((sum) =>
    above(sumOf(parts, sum), quota[sum]).map(({ kind, called }) => ({
      path: "replicas.max",
      message: `${pods} are above team "${team}"'s quota of ${quota[sum][kind]} of ${called} (${sum}); ask for less, or have ${where}.quota.${sum}.${kind} of the environment raised`,
    })),
  );
  const noNode = nodeProblems(stack, asked.requests);
  const all = parts.reduce((count, part) => count + withSurge(part), 0);
  return [...tooLarge, ...noNode, ...tooMany, ...podProblems(all, quota.pods, `${where}.quota.pods`)];
}

/** Pods of a part while one version follows another. */
function withSurge({ replicas: { max } }: Asking): number {
  return max + Math.ceil(max * SURGE);
}

function podsOf(settings: Asking, { parts }: ApplicationStack): string {
  const own = `${String(settings.replicas.max)} pods, with those of a rollout ${String(withSurge(settings))},`;
  return parts.size === 0 ? own : `${own} and those of ${[...parts.keys()].join(", ")}`;
}

/** What all pods of these parts take together. */
function sumOf(parts: readonly Asking[], figure: "requests" | "limits"): Taken {
  return parts.reduce<Taken>(
    (sum, part) => {
      const each = askedBy(part)[figure];
      const pods = withSurge(part);
      return {
        cpu: sum.cpu + pods * each.cpu,
        memory: sum.memory + pods * each.memory,
        ephemeralStorage: sum.ephemeralStorage + pods * each.ephemeralStorage,
      };
    },
    { cpu: 0, memory: 0, ephemeralStorage: 0 },
  );
}

function askedBy({ resources, overrides }: Asking): Readonly<Record<"requests" | "limits", Taken>> {
  const ephemeralStorage = diskMebibytes({ overrides }) * 2 ** 20;
  const taken = ({ cpu, memory }: Asking["resources"]["limits"]): Taken => ({
    cpu: millicores(cpu),
    memory: bytes(memory),
    ephemeralStorage,
  });
  return { requests: taken(resources.requests), limits: taken(resources.limits) };
}

/** A pod that no node has room for stays Pending: Cluster Autoscaler adds no node for it, and the deploy waits in vain. */
function nodeProblems({ environment, cluster }: ApplicationStack, requests: Taken): Problem[] {
  const largest = largestPodOf(environment, cluster);
  if (largest === undefined) return [];
  return above(requests, largest).map(({ kind, called }) => ({
    path: placeOf(kind, "requests"),
    message: `a pod of cluster "${cluster}" may request ${largest[kind]} of ${called} at most, or no node might have room for it; request less, or have clusters.${cluster}.compute.largestPod.${kind} of the environment raised, to which infra's plan holds the nodes`,
  }));
}

function placeOf(kind: keyof Taken, figure: "requests" | "limits"): string {
  return kind === "ephemeralStorage" ? "overrides.writablePaths" : `resources.${figure}.${kind}`;
}

function podProblems(pods: number, most: number, where: string): Problem[] {
  if (pods <= most) return [];
  const message = `with those of a rollout the app's are ${String(pods)} pods, and the team may run ${String(most)}; ask for less, or have ${where} of the environment raised`;
  return [{ path: "replicas.max", message }];
}
