import type { StackAttempt } from "./attempt";
import { kubernetes } from "./kubernetes";
import { permissions } from "./permissions";
import { roles } from "./roles";
import { sections } from "./sections";

export { allowedInStacks } from "./allowed";
export type { StackAttempt } from "./attempt";

/** What apps try with their stacks: each is refused where the stack is synthesized, and again where it is deployed. */
export const stackAttempts: readonly StackAttempt[] = [...sections, ...kubernetes, ...roles, ...permissions];
