import { bytes, millicores } from "../../quantity";
import { isRecord } from "../../json";
import { all, at, type Fields } from "../written-objects";
import type { PodRequests } from "./sizes";

/** What a pod asks for on Fargate. */
export interface AskedOfFargate extends PodRequests {
  /** Bytes of disk. */
  readonly disk: number;
  /** Containers whose limits are not what they request, by name. */
  readonly unequal: readonly string[];
}

type Amounts = Readonly<Record<"millicores" | "memory" | "disk", number>>;

const NONE: Amounts = { millicores: 0, memory: 0, disk: 0 };

/** All containers of a pod, those before its start included. */
export function containersOf(pod: Fields): unknown[] {
  return [...all(pod, "initContainers"), ...all(pod, "containers")];
}

/**
 * What a pod requests: the sum of its containers, or the largest of those before its start where that is more. Those that go on running
 * (sidecars) count with both. A container that names no request has its limit for one.
 */
export function askedBy(pod: Fields): AskedOfFargate {
  let sidecars = NONE;
  let starting = NONE;
  for (const container of all(pod, "initContainers")) {
    const needed = sum(sidecars, requestsOf(container));
    starting = each((kind) => Math.max(starting[kind], needed[kind]));
    if (at(container, "restartPolicy") === "Always") sidecars = needed;
  }
  const running = all(pod, "containers").map(requestsOf).reduce(sum, sidecars);
  const unequal = containersOf(pod).filter((container) => !isGuaranteed(container));
  return {
    ...each((kind) => Math.max(running[kind], starting[kind])),
    unequal: unequal.map((container) => String(at(container, "name"))),
  };
}

/** Names of all that a container requests or is limited to. */
export function resourcesOf(container: unknown): string[] {
  const names = ["requests", "limits"].flatMap((figure) => Object.keys(quantities(container, figure)));
  return [...new Set(names)];
}

function requestsOf(container: unknown): Amounts {
  const asked = { ...quantities(container, "limits"), ...quantities(container, "requests") };
  return {
    millicores: millicores(asked["cpu"] ?? "0"),
    memory: bytes(asked["memory"] ?? "0"),
    disk: bytes(asked["ephemeral-storage"] ?? "0"),
  };
}

/** Whether it is limited to what it requests, in CPU and memory. */
function isGuaranteed(container: unknown): boolean {
  const limits = quantities(container, "limits");
  const requests = { ...limits, ...quantities(container, "requests") };
  const same = (kind: string, amount: (quantity: string) => number) => {
    const [limit, request] = [limits[kind], requests[kind]];
    return limit !== undefined && request !== undefined && amount(limit) === amount(request);
  };
  return same("cpu", millicores) && same("memory", bytes);
}

function quantities(container: unknown, figure: string): Readonly<Record<string, string>> {
  const found = at(container, "resources", figure);
  const entries = Object.entries(isRecord(found) ? found : {});
  return Object.fromEntries(entries.map(([kind, quantity]) => [kind, String(quantity)]));
}

function sum(one: Amounts, other: Amounts): Amounts {
  return each((kind) => one[kind] + other[kind]);
}

function each(of: (kind: keyof Amounts) => number): Amounts {
  return { millicores: of("millicores"), memory: of("memory"), disk: of("disk") };
}
