import { consume } from "../contract";
import { edgeContract } from "../contracts";
import { AppBinding, OWN_BINDING } from "./app-binding";
import { NO_BINDING_ON_AUTO_MODE } from "./auto-mode";
import { bindingPermissions } from "./binding-permissions";
import { boundPortProblems } from "./bound-port";
import type { Consequences } from "./consequences";
import { READINESS_GATES } from "./readiness-gates";

/**
 * infra owns the ALB, and for each app the target group, the listener rule and the record; an app only binds its pods. Whoever may
 * write a binding could draw the traffic of any target group, so admission looks at which it names.
 */
export const targetGroupBinding: Consequences<"target-group-binding"> = {
  kinds: [OWN_BINDING],
  scheme: () => "internet-facing",
  cidrs: (stack) => consume(stack, edgeContract).subnetCidrs,
  namespaceLabels: READINESS_GATES,
  apps: ({ apps }) => apps,
  edge: () => ({ type: "application" }),
  notOn: () => NO_BINDING_ON_AUTO_MODE,
  controllerPermissions: (stack, { apps }) => bindingPermissions(stack, apps),
  problems: boundPortProblems,
  expose: (scope, app, { kind }) => [new AppBinding(scope, kind, app).objects.release],
};
