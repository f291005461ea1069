import { isDone } from "../../nodes/node";
import { cores, kibibytes, quantity } from "../../nodes/quantity";
import { NONE, plus, requestsOfContainer, type Resources } from "../../nodes/resources";
import type { Pod } from "../kubernetes/kinds";

/** Annotations of a pod that say what it uses, as quantities, e.g. `kubectl annotate pod … sandbox.demarc.local/cpu-usage=900m`. */
export const CPU_USAGE = "sandbox.demarc.local/cpu-usage";
const MEMORY_USAGE = "sandbox.demarc.local/memory-usage";

/** Nothing runs in a pod here. It is said to use these shares of what it requests: little enough for no autoscaler to add one. */
const CPU_SHARE = 0.2;
const MEMORY_SHARE = 0.5;

export interface ContainerUsage {
  readonly name: string;
  readonly used: Resources;
}

/** What the containers of a pod use: what its annotations say, shared out evenly, else a share of what each requests. */
export function usageOf({ metadata, spec }: Pod): ContainerUsage[] {
  const { [CPU_USAGE]: cpu, [MEMORY_USAGE]: memory } = metadata.annotations ?? {};
  const even = 1 / spec.containers.length;
  return spec.containers.map((container) => {
    const requests = requestsOfContainer(container);
    const used = {
      cpu: cpu === undefined ? requests.cpu * CPU_SHARE : quantity(cpu) * even,
      memory: memory === undefined ? requests.memory * MEMORY_SHARE : quantity(memory) * even,
      // The metrics API tells nothing of disks.
      disk: 0,
    };
    return { name: container.name, used };
  });
}

/** What all pods of a node use together. */
export function usageOfNode(name: string, pods: readonly Pod[]): Resources {
  return pods
    .filter((pod) => pod.spec.nodeName === name && !isDone(pod))
    .flatMap(usageOf)
    .reduce((sum, { used }) => plus(sum, used), NONE);
}

/** As the metrics API writes it. */
export function usage({ cpu, memory }: Resources): { readonly cpu: string; readonly memory: string } {
  return { cpu: cores(cpu), memory: kibibytes(memory) };
}
