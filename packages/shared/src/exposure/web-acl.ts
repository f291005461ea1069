import { consume, type ContractParty } from "../contract";
import { webAclContract } from "../contracts";
import type { Exposure } from "../environment";
import { each } from "./registry";

/** Whether infra makes a web ACL. */
export function hasWebAcl(exposures: readonly Exposure[]): boolean {
  return each(exposures, ({ webAcl }, exposure) => webAcl?.(exposure) ?? false).includes(true);
}

/** Whether the controller puts it in front of the load balancers that it makes for Ingresses. */
export function hasIngressWebAcl(exposures: readonly Exposure[]): boolean {
  return each(
    exposures,
    ({ webAcl, ingressClasses = false }, exposure) => ingressClasses && (webAcl?.(exposure) ?? false),
  ).includes(true);
}

/** ARN of that web ACL: a token. Undefined where there is none. @param stack that needs it */
export function ingressWebAclArn(stack: ContractParty): string | undefined {
  return hasIngressWebAcl(stack.environment.exposures) ? consume(stack, webAclContract).webAclArn : undefined;
}
