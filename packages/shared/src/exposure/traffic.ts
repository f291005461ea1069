import { Fn, Token } from "cdktf";
import { consume, type ContractParty } from "../contract";
import { networkContract } from "../contracts";
import type { Exposure } from "../environment";
import { each } from "./registry";
import { loadBalancerSubnets, type Scheme } from "./subnets";

/** A load balancer has one subnet in a zone, and no region has more zones than this. */
export const MOST_ZONES = 6;

/** Who can reach the load balancers of an environment: each scheme once. */
export function schemesOf(exposures: readonly Exposure[]): Scheme[] {
  return [...new Set(each(exposures, ({ scheme }, exposure) => scheme(exposure)))];
}

/**
 * IPv4 ranges that load balancers send requests to the apps' pods from, by any of the environment's exposures; none where routers do.
 * Some are a token: Terraform knows how many there are.
 * @param stack that needs them, and so consumes the contracts in which they stand
 */
export function loadBalancerCidrs(stack: ContractParty): string[] {
  const [first = [], ...others] = each(
    sentByLoadBalancers(stack.environment.exposures),
    ({ cidrs, scheme }, exposure) =>
      cidrs?.(stack, exposure) ?? loadBalancerSubnets(scheme(exposure), consume(stack, networkContract)).cidrs,
  );
  return others.length === 0 ? first : Token.asList(Fn.distinct(Token.asList(Fn.concat([first, ...others]))));
}

/** The most ranges that there may be among these. */
export function mostLoadBalancerCidrs(exposures: readonly Exposure[]): number {
  return MOST_ZONES * sentByLoadBalancers(exposures).length;
}

/** Those of which load balancers send to the apps' pods themselves. */
function sentByLoadBalancers(exposures: readonly Exposure[]): Exposure[] {
  return each(exposures, ({ router }, exposure) => (router === undefined ? [exposure] : [])).flat();
}
