import type { RegisteredApp } from "../../apps";
import { arn, type Place } from "../../environment";
import { boundaryName, type Bounded } from "../../iam";
import { SynthesizedStack } from "../synthesized";
import { type JudgedRole, roleIn } from "./role";

export interface UnlimitedRoleOptions {
  /** The registered apps. @default none */
  readonly apps?: readonly RegisteredApp[];
  /** Tags of the role. @default the team that the boundary is for */
  readonly tags?: Readonly<Record<string, string>>;
  /** Stacks with the policies and tags of queues, keys and buckets. @default none */
  readonly producers?: readonly SynthesizedStack[];
}

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** A role that its own policy allows everything: what a boundary alone holds back. */
export function unlimitedRole(place: Place, bounded: Bounded, options: UnlimitedRoleOptions = {}): JudgedRole {
  const { apps, producers = [], tags = bounded.kind === "apps" ? { team: bounded.team } : {} } = options;
  const stack = new SynthesizedStack("unlimited", {
    provider: { aws: [{ region: place.region, allowed_account_ids: [place.account] }] },
    resource: {
      aws_iam_role: {
        r: {
          name: "unlimited",
          permissions_boundary: arn(place, "iam", `policy${boundaryName(place, bounded)}`),
          tags,
        },
      },
    },
  });
  const policies = [{ name: "everything", policy: everything }];
  return roleIn(stack, "unlimited", { policies, producers, ...(apps === undefined ? {} : { apps }) });
}
