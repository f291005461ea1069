import type { RegisteredApp } from "../../apps";
import type { Place } from "../../environment";
import type { Bounded } from "../boundary";
import type { Statement } from "../permissions";
import { appsBoundary } from "./apps";
import { deliveryBoundary } from "./delivery";
import { infraBoundary } from "./infra";
import { k8sPlatformBoundary } from "./k8s-platform";
import { type Boundary, scopeOf } from "./scope";

/**
 * Statements of a permissions boundary in an account and region: the most that the roles may do, whatever their own policies say.
 * Nobody but who plans and deploys may touch IAM, and those neither themselves nor a boundary. Nothing hangs from anything else that an environment says.
 *
 * @param apps the registered ones: they say which database users are a team's
 */
export function boundaryStatements(
  place: Place,
  bounded: Bounded,
  apps: readonly RegisteredApp[],
): readonly Statement[] {
  return boundaryOf(bounded, apps)(scopeOf(place));
}

function boundaryOf(bounded: Bounded, apps: readonly RegisteredApp[]): Boundary {
  switch (bounded.kind) {
    case "infra":
      return infraBoundary;
    case "k8s-platform":
      return k8sPlatformBoundary;
    case "delivery":
      return deliveryBoundary;
    case "apps":
      return appsBoundary(bounded.team, apps);
  }
}
