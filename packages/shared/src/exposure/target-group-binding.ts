import { consume } from "../contract";
import { edgeContract } from "../contracts";
import { AppBinding } from "./app-binding";
import { bindingPermissions } from "./binding-permissions";
import type { Consequences } from "./consequences";
import { READINESS_GATES } from "./readiness-gates";

/**
 * infra owns the ALB, and for each app the target group, the listener rule and the record; an app only binds its pods. Whoever may
 * write a binding could draw the traffic of any target group, so admission looks at which it names.
 */
export const targetGroupBinding: Consequences<"target-group-binding"> = {
  kinds: [
    {
      group: "elbv2.k8s.aws",
      version: "v1beta1",
      kind: "TargetGroupBinding",
      plural: "targetgroupbindings",
      // The controller makes one for each backend of an Ingress too.
      most: 60,
    },
  ],
  scheme: () => "internet-facing",
  cidrs: (stack) => consume(stack, edgeContract).subnetCidrs,
  namespaceLabels: READINESS_GATES,
  apps: ({ apps }) => apps,
  bindsTargetGroups: true,
  controllerPermissions: (stack, { apps }) => bindingPermissions(stack, apps),
  expose: (scope, app, { kind }) => [new AppBinding(scope, kind, app).objects.release],
};
