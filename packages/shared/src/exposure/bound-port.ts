import { statementFile, targetGroupOf } from "../apps";
import type { Problem } from "../environment";
import type { AskingApp } from "./consequences";

/** infra lets its load balancer in to the registered ports alone. */
export function boundPortProblems({ registered, port }: AskingApp): Problem[] {
  // The stack's check refuses an app that is not registered.
  if (registered === undefined) return [];
  const known = targetGroupOf(registered).port;
  if (port === known) return [];
  const message = `${String(port)} is not what the app's target groups are for, which is ${String(known)}; name it as demarc.targetGroup.port in ${statementFile(registered.name)} and run npm run generate, or listen there`;
  return [{ path: "port", message }];
}
