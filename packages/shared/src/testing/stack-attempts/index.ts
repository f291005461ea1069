import { access } from "./access";
import { apiGateway, behindInfrasLoadBalancer, onlyWithApiGateway } from "./api-gateway";
import type { StackAttempt } from "./attempt";
import { infra } from "./infra";
import { k8sPlatform } from "./k8s-platform";
import { kubernetes } from "./kubernetes";
import { permissions } from "./permissions";
import { roles } from "./roles";
import { sections } from "./sections";

export { allowedInAccess } from "./access";
export { allowedInStacks } from "./allowed";
export { allowedWithApiGateway } from "./api-gateway";
export type { StackAttempt } from "./attempt";
export { allowedToInfra } from "./infra";
export { allowedToK8sPlatform } from "./k8s-platform";

/** What apps try with their stacks: each is refused where the stack is synthesized, and again where it is deployed. */
export const stackAttempts: readonly StackAttempt[] = [
  ...sections,
  ...kubernetes,
  ...roles,
  ...permissions,
  ...onlyWithApiGateway,
];

/** The same of apps where the environment's exposure is api-gateway. */
export const apiGatewayAttempts = apiGateway;

/** The same where infra owns the load balancer that their APIs lead to. */
export const infrasLoadBalancerAttempts = behindInfrasLoadBalancer;

/** The same of infra, in the stack of a cluster. */
export const infraAttempts = infra;

/** The same of infra, in the stack of the roles that plan and deploy. */
export const accessAttempts = access;

/** The same of k8s-platform. */
export const k8sPlatformAttempts = k8sPlatform;
