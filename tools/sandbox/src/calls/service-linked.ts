import { SERVICE_LINKED_ROLES } from "../eks-api/account/service-linked";
import type { Counts } from "./calls";

const ROLES: Readonly<Record<string, string | undefined>> = SERVICE_LINKED_ROLES;

/** What AWS's services did by themselves, by the role that is linked to each. None where they did nothing. */
export function servicesLine(services: Counts["services"]): string[] {
  const each = Object.entries(services)
    .map(([service, count]) => `${ROLES[service] ?? service} ${String(count)}`)
    .toSorted();
  return each.length === 0 ? [] : [`Calls of AWS's own, by roles that only AWS gives policies: ${each.join(", ")}.`];
}
