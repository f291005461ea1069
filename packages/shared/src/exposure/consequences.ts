import type { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { Construct } from "constructs";
import type { ContractParty } from "../contract";
import type { Exposure, ExposureKind } from "../environment";
import type { NamespacedKind } from "../kubernetes";

/** An app that an exposure lets the outside in to. */
export interface ExposedApp {
  /** Its stack, of one cluster. */
  readonly stack: ContractParty & { readonly cluster: string };
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
  /** Name of its port, in the container and in the Service. */
  readonly portName: string;
}

/** An exposure as an environment has it, by its kind. */
export type OfKind = { readonly [E in Exposure as E["kind"]]: E };

/** All that follows from an exposure of one kind. Nothing outside of this folder asks what kind an exposure is of. */
export interface Consequences<K extends ExposureKind> {
  /** Kinds of objects that apps write for it, beside those that every app may have. */
  readonly kinds: readonly NamespacedKind[];
  /** Makes what an app needs in order to be reached by it. @default none: it is not built yet, and refuses every app */
  readonly expose?: (scope: Construct, app: ExposedApp, exposure: OfKind[K]) => void;
}
