import { isGone, isNew, isSensitive } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { goesWith } from "../gone";
import { shown } from "../statements";
import { type Opening, shownPorts, wasThere } from "./opening";
import { GUARDS, openingsOf } from "./ways";

/** Ways in for the world that are not there now. What is made counts. */
export function newExposure(changes: readonly ResourceChange[]): Found[] {
  return changes.flatMap((change): Found[] => {
    const { type, address, before, after } = change;
    const guards = GUARDS[type];
    if (isGone(change) && (guards === undefined || goesWith(change, guards, changes))) return [];
    if (change.actions.includes("forget")) return [];
    // Before a guard there was nothing to guard, or all of it was open: its own holes count.
    const were = isNew(change) ? [] : openingsOf(type, before);
    const opened = openingsOf(type, after).filter((opening) => !wasThere(opening, were));
    if (opened.length === 0) return [];
    const ways = [...new Set(opened.map((opening) => written(opening, change)))];
    return [{ rule: "exposure", address, reason: `${ways.join("; ")}; it was not so before` }];
  });
}

function written({ attribute, what, cidr, ports, statement }: Opening, change: ResourceChange): string {
  if (isSensitive(change, attribute)) return `${what} (${attribute}, which is marked sensitive)`;
  const details = [
    ...(cidr === undefined ? [] : [`from ${cidr}`]),
    ...(ports === undefined ? [] : [`to ${shownPorts(ports)}`]),
    ...(statement === undefined ? [] : [shown(statement)]),
  ];
  return details.length === 0 ? `${what} (${attribute})` : `${what} (${attribute}: ${details.join(" ")})`;
}
