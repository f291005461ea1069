import type { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { RegisteredApp } from "../apps";
import type { ContractParty } from "../contract";
import type { ComputeKind, Exposure, ExposureKind, Problem } from "../environment";
import type { Statement } from "../iam";
import type { NamespacedKind } from "../kubernetes";
import type { RestApiSettings } from "./rest-api/settings";
import type { Scheme } from "./subnets";

/** A stack of one cluster. */
export type ClusterParty = ContractParty & { readonly cluster: string };

/** An app that an exposure lets the outside in to. */
export interface ExposedApp {
  /** Its stack, of one cluster. */
  readonly stack: ClusterParty;
  /** Name of the app, of which this may be a part. */
  readonly app: string;
  /** Name of the team. */
  readonly team: string;
  /** Where its objects are, and what they are called. */
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
  };
  /** First label of its host name; the environment's domain follows. */
  readonly hostname: string;
  /** Path that answers 200 as long as the app can serve. */
  readonly readinessPath: string;
  /** Seconds that requests under way get when a pod leaves. */
  readonly drainSeconds: number;
  readonly service: ServiceV1;
  /** Labels that find its pods. */
  readonly selector: Record<string, string>;
  /** Its REST API; undefined where it has none. */
  readonly api: RestApiSettings | undefined;
  /** Name of its port, in the container and in the Service. */
  readonly portName: string;
}

/** What an app asks for that exposures look at. */
export interface AskingApp {
  /** Undefined where the registry has it not. */
  readonly registered: RegisteredApp | undefined;
  /** TCP port that its containers listen on. */
  readonly port: number;
  /** Its REST API. Undefined: it says nothing of one. */
  readonly api: RestApiSettings | undefined;
  /** Short ids of the environment's clusters: it runs in each. */
  readonly clusters: readonly string[];
}

/** An exposure as an environment has it, by its kind. */
export type OfKind = { readonly [E in Exposure as E["kind"]]: E };

/** A kind of objects that apps have with an exposure. */
export interface OwnKind extends NamespacedKind {
  /** How many of them a team may have in its namespace, unless k8s-platform's settings say otherwise. */
  readonly most: number;
}

/** Where the pods are that send requests on to apps. */
export interface Router {
  /** A namespace of theirs alone. */
  readonly namespace: string;
  /** By which they are selected there. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** A load balancer of infra's own. */
export type Edge =
  /** One for all clusters, which knows host names. */
  | { readonly type: "application" }
  /** One for each cluster, which knows ports: that of each app's listener, by the app's name. */
  | { readonly type: "network"; readonly listeners: Readonly<Record<string, number>> };

/** All that follows from an exposure of one kind. Nothing outside of this folder asks what kind an exposure is of. */
export interface Consequences<K extends ExposureKind> {
  /** What it is called where people read of it. @default its kind */
  readonly named?: (exposure: OfKind[K]) => string;
  /** Kinds of objects that apps write for it, beside those that every app may have. */
  readonly kinds: readonly OwnKind[];
  /** Whether apps have those kinds. @default they have */
  readonly hasKinds?: (exposure: OfKind[K]) => boolean;
  /** Who can reach its load balancers, and so in which subnets of the network they stand. */
  readonly scheme: (exposure: OfKind[K]) => Scheme;
  /**
   * IPv4 ranges that its requests reach the pods from, where pods have no addresses. A token. @default those of the network's subnets that
   * its load balancers stand in @param stack that needs them
   */
  readonly cidrs?: (stack: ContractParty, exposure: OfKind[K]) => string[];
  /**
   * Whether the load balancer controller makes a load balancer of that scheme for each team's Ingresses. Each team gets an ingress class
   * then, and ExternalDNS writes the records of the Ingresses' host names. @default no
   */
  readonly ingressClasses?: boolean;
  /**
   * The router in each cluster that its load balancer leads to, and that sends requests on to the apps' pods. k8s-platform owns both, and
   * has ExternalDNS write one record for all host names. @default none: load balancers send to the apps' pods themselves
   */
  readonly router?: Router;
  /**
   * Whether an app's Service may ask for an internal network load balancer, and how many such a team may have in its namespace.
   * @default none: 0
   */
  readonly serviceLoadBalancers?: (exposure: OfKind[K]) => number;
  /** Whether infra makes a web ACL, which is put in front of what leads to the apps. @default no */
  readonly webAcl?: (exposure: OfKind[K]) => boolean;
  /** Labels of each team's namespace, which controllers go by. @default none */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** What the load balancer controller does for it in AWS, beside looking things up. @default nothing */
  readonly controllerPermissions?: (stack: ClusterParty, exposure: OfKind[K]) => readonly Statement[];
  /** Whether apps have a REST API of their own in front of a network load balancer, theirs or infra's. @default no */
  readonly restApi?: boolean;
  /** Names of the apps that are reached by it. Undefined: all. @default all */
  readonly apps?: (exposure: OfKind[K]) => readonly string[] | undefined;
  /**
   * The load balancer that infra owns, with a target group for each host name of its apps in each cluster, to which the apps bind their
   * pods. @default none
   */
  readonly edge?: (exposure: OfKind[K]) => Edge | undefined;
  /** Why apps cannot be reached so where pods run on some kinds of compute. @default everywhere they can */
  readonly notOn?: (exposure: OfKind[K]) => Readonly<Partial<Record<ComputeKind, string>>>;
  /** What an app asks for and cannot have with it. @default nothing */
  readonly problems?: (app: AskingApp, exposure: OfKind[K]) => readonly Problem[];
  /** Makes what an app needs in order to be reached by it. Answers what has to be there before the app's first pod. */
  readonly expose: (scope: Construct, app: ExposedApp, exposure: OfKind[K]) => readonly ITerraformDependable[];
}
