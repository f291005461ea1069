import { isCovered, type PolicyStatement } from "../statements";
import { containsRange } from "./ranges";

/** Ports that a rule of a security group opens. */
export interface Ports {
  /** `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** One way in that a resource has for the world. */
export interface Opening {
  /** Attribute that opens it. */
  readonly attribute: string;
  /** Such as "is an internet-facing load balancer". */
  readonly what: string;
  /** Range of addresses that is let in. @default not by addresses */
  readonly cidr?: string;
  /** @default not by ports */
  readonly ports?: Ports;
  /** @default not by a policy */
  readonly statement?: PolicyStatement;
}

/** Whether one of the openings that were there lets in all that a new one does. */
export function wasThere(opening: Opening, before: readonly Opening[]): boolean {
  return before.some(
    (other) =>
      other.what === opening.what &&
      containsRange(other.cidr, opening.cidr) &&
      containsPorts(other.ports, opening.ports) &&
      (opening.statement === undefined ||
        other.statement === undefined ||
        isCovered(opening.statement, [other.statement])),
  );
}

function containsPorts(outer: Ports | undefined, inner: Ports | undefined): boolean {
  if (outer === undefined || inner === undefined) return outer === inner;
  if (outer.protocol === ALL) return true;
  return outer.protocol === inner.protocol && outer.from <= inner.from && inner.to <= outer.to;
}

const ALL = "-1";

export function shownPorts({ protocol, from, to }: Ports): string {
  if (protocol === ALL) return "every port";
  return `${protocol} ${from === to ? String(from) : `${String(from)}-${String(to)}`}`;
}
