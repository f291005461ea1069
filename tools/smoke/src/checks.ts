import type { Check } from "./check";
import { eksChecks } from "./eks-checks";
import { networkChecks } from "./network-checks";

/** All that is asked of a real account. A new one stands in docs/verified.md too. */
export const checks: readonly Check[] = [...eksChecks, ...networkChecks];
