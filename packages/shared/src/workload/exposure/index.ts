import type { Construct } from "constructs";
import type { Exposure, ExposureKind } from "../../environment";
import type { ExposedApp } from "../workload";
import { AlbIngress } from "./alb-ingress";

type OfKind = { readonly [E in Exposure as E["kind"]]: E };

/** What makes the objects of each kind of exposure. A kind comes in here, with a file of its own. */
const constructs: {
  readonly [K in ExposureKind]?: new (scope: Construct, app: ExposedApp, exposure: OfKind[K]) => Construct;
} = {
  "alb-ingress": AlbIngress,
};

/** Kinds of exposure that an app can have. */
export const exposable: readonly string[] = Object.keys(constructs);

/** Makes what the app needs in order to be reached by that exposure. */
export function expose<K extends ExposureKind>(scope: Construct, app: ExposedApp, kind: K, exposure: OfKind[K]): void {
  const Exposed = constructs[kind];
  if (Exposed === undefined) throw new Error(`no construct exposes an app by ${kind}: the app was not validated`);
  new Exposed(scope, app, exposure);
}
