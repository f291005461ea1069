import { consume, type ContractParty } from "../contract";
import { webAclContract } from "../contracts";
import type { Exposure } from "../environment";
import { each } from "./registry";

/** Whether infra makes a web ACL. */
export function hasWebAcl(exposures: readonly Exposure[]): boolean {
  return guarded(exposures).length > 0;
}

/** Whether the controller puts it in front of the load balancers that it makes for Ingresses. */
export function hasIngressWebAcl(exposures: readonly Exposure[]): boolean {
  return guarded(exposures).includes(true);
}

/** Of each exposure that asks for the web ACL, whether ingress classes name it. */
function guarded(exposures: readonly Exposure[]): boolean[] {
  return each(exposures, ({ webAcl, ingressClasses = false }, exposure) =>
    webAcl?.(exposure) === true ? [ingressClasses] : [],
  ).flat();
}

/** ARN of that web ACL: a token. Undefined where there is none. @param stack that needs it */
export function ingressWebAclArn(stack: ContractParty): string | undefined {
  return hasIngressWebAcl(stack.environment.exposures) ? consume(stack, webAclContract).webAclArn : undefined;
}
