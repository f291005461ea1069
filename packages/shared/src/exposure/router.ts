import { dnsRecordAnnotations, type Environment, type Exposure } from "../environment";
import type { Router } from "./consequences";
import { each } from "./registry";
import type { Scheme } from "./subnets";

/** The load balancer before a cluster's router, and the record that leads all host names to it. */
export interface RouterFront extends Router {
  readonly scheme: Scheme;
  /** Annotations by which an Ingress makes the record its cluster's own. */
  readonly record: Readonly<Record<string, string>>;
}

/** Routers that send requests on to apps. */
export function routersOf(exposures: readonly Exposure[]): Router[] {
  return each(exposures, ({ router }) => router ?? []).flat();
}

/** What stands before the router of a cluster. Undefined: it has none. @param cluster its short id */
export function frontOf(environment: Environment, cluster: string): RouterFront | undefined {
  const [front] = each(environment.exposures, ({ router, scheme }, exposure) => {
    if (router === undefined) return [];
    const record = dnsRecordAnnotations(environment, cluster, exposure.kind);
    return [{ ...router, scheme: scheme(exposure), record }];
  }).flat();
  return front;
}
