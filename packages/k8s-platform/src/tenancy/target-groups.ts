import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { BoundTargetGroups } from "@demarc/shared/exposure";
import { Construct } from "constructs";
import { platformMetadata } from "./platform-metadata";
import { SECURITY_GROUP, TARGET_GROUPS } from "./policies/target-group-bindings";

/** Which target groups each team's bindings may name: parameters of the policy that looks at them. */
export class TargetGroups extends Construct {
  constructor(scope: Construct, id: string, { targetGroups, securityGroupId }: BoundTargetGroups) {
    super(scope, id);
    const { name, namespace } = TARGET_GROUPS;
    new ConfigMapV1(this, "parameters", {
      metadata: platformMetadata(name, namespace),
      data: {
        [SECURITY_GROUP]: securityGroupId,
        ...Object.fromEntries(targetGroups.map(({ team, hostname, arn }) => [`${team}.${hostname}`, arn])),
      },
    });
  }
}
