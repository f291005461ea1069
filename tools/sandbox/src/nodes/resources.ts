import type { Container, Pod } from "../controllers/kubernetes/kinds";
import { quantity } from "./quantity";

/** CPU in cores, memory and disk of the node in bytes. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
}

export const NONE: Resources = { cpu: 0, memory: 0, disk: 0 };

function each(of: (resource: keyof Resources) => number): Resources {
  return { cpu: of("cpu"), memory: of("memory"), disk: of("disk") };
}

export function plus(one: Resources, other: Resources): Resources {
  return each((resource) => one[resource] + other[resource]);
}

export function minus(one: Resources, other: Resources): Resources {
  return each((resource) => one[resource] - other[resource]);
}

function larger(one: Resources, other: Resources): Resources {
  return each((resource) => Math.max(one[resource], other[resource]));
}

/**
 * What the scheduler keeps free for a pod: the sum of its containers, or the largest of its init containers where that is more.
 * Init containers that go on running (sidecars) count with both.
 */
export function requestsOf({ spec }: Pod): Resources {
  let sidecars = NONE;
  let starting = NONE;
  for (const container of spec.initContainers ?? []) {
    const needed = requestsOfContainer(container);
    if (container.restartPolicy === "Always") sidecars = plus(sidecars, needed);
    starting = larger(starting, container.restartPolicy === "Always" ? sidecars : plus(sidecars, needed));
  }
  const running = spec.containers.map(requestsOfContainer).reduce(plus, sidecars);
  const own = spec.resources?.requests;
  const wanted = larger(running, starting);
  const whole = {
    cpu: own?.["cpu"] === undefined ? wanted.cpu : quantity(own["cpu"]),
    memory: own?.["memory"] === undefined ? wanted.memory : quantity(own["memory"]),
    // A pod as a whole cannot ask for disk.
    disk: wanted.disk,
  };
  return plus(whole, resources(spec.overhead));
}

/** What a container requests. */
export function requestsOfContainer({ resources: asked }: Container): Resources {
  return resources(asked?.requests);
}

/** A list of quantities, as in a node's status. */
export function resources(quantities: Readonly<Record<string, string>> | undefined): Resources {
  return {
    cpu: quantity(quantities?.["cpu"]),
    memory: quantity(quantities?.["memory"]),
    disk: quantity(quantities?.["ephemeral-storage"]),
  };
}
