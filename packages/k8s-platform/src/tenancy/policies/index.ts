import { controllerAnnotations } from "./controller-annotations";
import { images } from "./images";
import { ingressRoutes } from "./ingress-routes";
import { ingresses } from "./ingresses";
import { networkPolicies } from "./network-policies";
import { disruptionBudgets, nodeUpgrades } from "./node-upgrades";
import { ownerReferences } from "./owner-references";
import { platformLabels } from "./platform-labels";
import { platformNames } from "./platform-names";
import { platformObjects } from "./platform-objects";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { priorities } from "./priorities";
import { scaling } from "./scaling";
import { scheduling } from "./scheduling";
import { secrets } from "./secrets";
import { services } from "./services";
import { targetGroupBindings } from "./target-group-bindings";
import { volumes } from "./volumes";

/** Every policy that there is. A new one is a file beside these and a line here. */
export function policies(context: PolicyContext): AdmissionPolicy[] {
  return [
    controllerAnnotations,
    disruptionBudgets,
    images,
    ingresses,
    ingressRoutes,
    networkPolicies,
    nodeUpgrades,
    ownerReferences,
    platformLabels,
    platformNames,
    platformObjects,
    priorities,
    scaling,
    scheduling,
    secrets,
    services,
    targetGroupBindings,
    volumes,
  ].flatMap((policy) => policy(context));
}
