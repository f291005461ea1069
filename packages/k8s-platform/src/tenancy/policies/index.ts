import { controllerAnnotations } from "./controller-annotations";
import { images } from "./images";
import { ingressRoutes } from "./ingress-routes";
import { ingresses } from "./ingresses";
import { networkPolicies } from "./network-policies";
import { platformLabels } from "./platform-labels";
import { platformObjects } from "./platform-objects";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { priorities } from "./priorities";
import { services } from "./services";

/** Every policy that there is. A new one is a file beside these and a line here. */
export function policies(context: PolicyContext): AdmissionPolicy[] {
  return [
    controllerAnnotations,
    images,
    ingresses,
    ingressRoutes,
    networkPolicies,
    platformLabels,
    platformObjects,
    priorities,
    services,
  ].map((policy) => policy(context));
}
