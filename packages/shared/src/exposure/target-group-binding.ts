import { statementFile, targetGroupOf } from "../apps";
import { consume } from "../contract";
import { edgeContract } from "../contracts";
import type { Problem } from "../environment";
import { AppBinding, TARGET_GROUP_BINDING } from "./app-binding";
import { NO_BINDING_ON_AUTO_MODE } from "./auto-mode";
import { bindingPermissions } from "./binding-permissions";
import type { AskingApp, Consequences } from "./consequences";
import { READINESS_GATES } from "./readiness-gates";

/**
 * infra owns the ALB, and for each app the target group, the listener rule and the record; an app only binds its pods. Whoever may
 * write a binding could draw the traffic of any target group, so admission looks at which it names.
 */
export const targetGroupBinding: Consequences<"target-group-binding"> = {
  // The controller makes one for each backend of an Ingress too.
  kinds: [{ ...TARGET_GROUP_BINDING, most: 60 }],
  scheme: () => "internet-facing",
  cidrs: (stack) => consume(stack, edgeContract).subnetCidrs,
  namespaceLabels: READINESS_GATES,
  apps: ({ apps }) => apps,
  bindsTargetGroups: true,
  notOn: () => NO_BINDING_ON_AUTO_MODE,
  controllerPermissions: (stack, { apps }) => bindingPermissions(stack, apps),
  problems: portProblems,
  expose: (scope, app, { kind }) => [new AppBinding(scope, kind, app).objects.release],
};

/** infra lets its load balancer in to the registered ports alone. */
function portProblems({ registered, port }: AskingApp): Problem[] {
  // The stack's check refuses an app that is not registered.
  if (registered === undefined) return [];
  const known = targetGroupOf(registered).port;
  if (port === known) return [];
  const message = `${String(port)} is not what the app's target groups are for, which is ${String(known)}; name it as demarc.targetGroup.port in ${statementFile(registered.name)} and run npm run generate, or listen there`;
  return [{ path: "port", message }];
}
