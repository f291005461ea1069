/** A load balancer as it is to be, with all that belongs to it: data, before anything of AWS is asked or changed. */
export interface LoadBalancerPlan {
  /** Whose it is: a group of Ingresses or a Service. It stands in the stack tag of all that is made. */
  readonly stack: string;
  readonly name: string;
  readonly type: "application" | "network";
  readonly scheme: "internal" | "internet-facing";
  readonly subnets: SubnetChoice;
  /** Security groups that somebody else owns, or rules for one that is made with the load balancer. */
  readonly securityGroups: { readonly ids: readonly string[] } | { readonly inbound: readonly InboundRule[] };
  /** Whether its inbound rules hold for what comes through PrivateLink too, and so through a VPC link. @default what is there stays */
  readonly rulesOnPrivateLink?: "on" | "off" | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  /** ARN of the web ACL that is to be in front of it; `none`: there is to be none. @default what is there stays */
  readonly webAcl?: string;
  /** Tags beside those that say whose it is. */
  readonly tags: Readonly<Record<string, string>>;
  readonly listeners: readonly ListenerPlan[];
  readonly targetGroups: readonly TargetGroupPlan[];
}

/** Subnets by id or name, by their tags (each with one of the values), or those of the VPC that are meant for the scheme. */
export type SubnetChoice =
  | { readonly by: "id"; readonly ids: readonly string[] }
  | { readonly by: "tags"; readonly tags: Readonly<Record<string, readonly string[]>> }
  | { readonly by: "role" };

export interface InboundRule {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly cidr: string;
}

export interface ListenerPlan {
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS" | "TCP" | "TLS" | "UDP";
  /** ARNs; the first is the one for clients that name no host. */
  readonly certificates: readonly string[];
  /** Of HTTPS and TLS. */
  readonly sslPolicy: string | undefined;
  readonly defaultAction: ActionPlan;
  /** In order: the first that fits is taken. */
  readonly rules: readonly RulePlan[];
}

export interface RulePlan {
  /** @default any */
  readonly host: string | undefined;
  /** Patterns, of which one fits. @default any */
  readonly paths: readonly string[];
  readonly action: ActionPlan;
}

export type ActionPlan =
  | { readonly kind: "forward"; readonly targetGroup: string }
  | { readonly kind: "redirect"; readonly port: string }
  | { readonly kind: "fixed-response"; readonly status: string };

export interface TargetGroupPlan {
  readonly name: string;
  /** What it is within the stack, for its resource tag. */
  readonly resource: string;
  readonly protocol: "HTTP" | "HTTPS" | "TCP" | "UDP";
  /** Of a target that is registered without one. */
  readonly port: number;
  readonly healthCheck: HealthCheckPlan;
  readonly attributes: Readonly<Record<string, string>>;
  /** The service whose pods are its targets. */
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number | string };
}

export interface HealthCheckPlan {
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  /** A port's number, or traffic-port. */
  readonly port: string;
  /** Not of TCP. */
  readonly path: string | undefined;
  /** HTTP status codes of a healthy target; not of TCP. */
  readonly codes: string | undefined;
  /** Seconds. */
  readonly interval: number;
  /** Seconds. */
  readonly timeout: number;
  readonly healthyAfter: number;
  readonly unhealthyAfter: number;
}

/** What somebody asked for cannot be had: its text becomes an Event on the object. */
export class UnbuildableModel extends Error {
  override readonly name = "UnbuildableModel";
}
