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
  const { max } = settings.replicas;
  const pods = max + Math.ceil(max * SURGE);
  const asked = askedBy(settings);
  const tooLarge = above(asked.limits, container).map(({ kind, called }) => ({
    path: placeOf(kind, "limits"),
    message: `a container of team "${team}" may have ${container[kind]} of ${called} at most; ask for less, or have ${where}.container.${kind} of the environment raised`,
  }));
  const tooMany = (["requests", "limits"] as const).flatMap((sum) =>
    above(times(pods, asked[sum]), quota[sum]).map(({ kind, called }) => ({
      path: "replicas.max",
      message: `${String(max)} pods, with those of a rollout ${String(pods)}, are above team "${team}"'s quota of ${quota[sum][kind]} of ${called} (${sum}); ask for less, or have ${where}.quota.${sum}.${kind} of the environment raised`,
    })),
  );
  const noNode = nodeProblems(stack, asked.requests);
  return [...tooLarge, ...noNode, ...tooMany, ...podProblems(pods, quota.pods, `${where}.quota.pods`)];
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

function times(pods: number, { cpu, memory, ephemeralStorage }: Taken): Taken {
  return { cpu: pods * cpu, memory: pods * memory, ephemeralStorage: pods * ephemeralStorage };
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
  const message = `with those of a rollout they are ${String(pods)} pods, and the team may run ${String(most)}; ask for less, or have ${where} of the environment raised`;
  return [{ path: "replicas.max", message }];
}
