import type { Exposure } from "@demarc/shared/environment";
import type { WorkloadContext } from "./team-rules";

/** What the policies' expressions are made from. */
export interface PolicyContext {
  readonly exposures: readonly Exposure[];
  /** Teams of all host names that apps may have, by the whole name in lower case. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Ingress class of each team. */
  readonly ingressClasses: Readonly<Record<string, string>>;
  /** IPv4 ranges that the load balancer sends from, as the inside of a CEL list of strings. */
  readonly loadBalancerCidrs: string;
  /** Annotations that an Ingress may have for ExternalDNS: each set makes a record this cluster's own, one for each exposure by Ingresses. */
  readonly records: readonly Readonly<Record<string, string>>[];
  /** Class of the Services that get a load balancer. Undefined: none may. */
  readonly serviceLoadBalancerClass: string | undefined;
  /** Whether apps bind pods to infra's target groups. */
  readonly bindsTargetGroups: boolean;
  /** Whether bindings have the controller open the pods' security group. */
  readonly bindingsOpenPods: boolean;
  /** Groups of the teams that are not the platform's own. */
  readonly teamGroups: readonly string[];
  /** What the rules on pods are made from. */
  readonly workloads: WorkloadContext;
}

/** What the API server asks of an object in a team's namespace, whoever sends it: a ValidatingAdmissionPolicy, as data. */
export interface AdmissionPolicy {
  /** Of policy and binding. */
  readonly name: string;
  readonly resources: readonly Resources[];
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE")[];
  /** ConfigMap that the rules speak of as `params`: without it nothing is let in. @default none */
  readonly parameters?: { readonly name: string; readonly namespace: string };
  /** CEL expressions that the rules speak of as `variables.<name>`, in order. @default none */
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly rules: readonly Rule[];
}

export interface Resources {
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural names, such as "ingresses". */
  readonly plurals: readonly string[];
}

export interface Rule {
  /** CEL expression that is true for what is let in. */
  readonly expression: string;
  /** What is wrong, the rule and the way out: whoever is refused reads it. */
  readonly message: string;
}
