import { Construct } from "constructs";
import { consume } from "../contract";
import { clusterContract, edgeContract } from "../contracts";
import type { ExposureKind } from "../environment";
import type { JsonObject } from "../json";
import { type NamespacedKind, Objects } from "../kubernetes";
import type { ClusterParty, ExposedApp, OwnKind } from "./consequences";
import { targetGroupArn } from "./target-groups";

/**
 * Has the load balancer controller keep the app's pods in the target group that infra made for its host name in this cluster. The
 * controller gives a pod a readiness gate only where Service and binding are there before it.
 */
export class AppBinding extends Construct {
  readonly objects: Objects;

  constructor(scope: Construct, exposure: ExposureKind, { stack, metadata, hostname, service, portName }: ExposedApp) {
    super(scope, exposure);
    const { name, namespace, labels } = metadata;
    this.objects = new Objects(this, "binding", {
      // No app has two dashes in a row in its name, so this is no release of another one.
      name: `${name}--${exposure}`,
      namespace,
      objects: [
        {
          apiVersion: `${TARGET_GROUP_BINDING.group}/${TARGET_GROUP_BINDING.version}`,
          kind: TARGET_GROUP_BINDING.kind,
          metadata: { name, labels },
          spec: {
            targetGroupARN: targetGroupArn(stack, hostname),
            targetType: "ip",
            serviceRef: { name, port: portName },
            ...networking(stack, portName),
          },
        },
      ],
      dependsOn: [service],
    });
  }
}

/** Of the controller that a platform installs. */
const TARGET_GROUP_BINDING: NamespacedKind = {
  group: "elbv2.k8s.aws",
  version: "v1beta1",
  kind: "TargetGroupBinding",
  plural: "targetgroupbindings",
};

/** The same, as apps have it. The controller makes one for each backend of an Ingress too. */
export const OWN_BINDING: OwnKind = { ...TARGET_GROUP_BINDING, most: 60 };

/**
 * On Fargate pods have their team's security group, which the controller opens to the load balancer's (decisions/0035). Elsewhere infra's
 * rule does, and the controller changes no security group.
 */
function networking(stack: ClusterParty, port: string): JsonObject {
  if (!bindingsOpenPods(stack)) return {};
  const { securityGroupId: groupID } = consume(stack, edgeContract);
  return { networking: { ingress: [{ from: [{ securityGroup: { groupID } }], ports: [{ protocol: "TCP", port }] }] } };
}

/** Whether bindings in a cluster have the controller open the pods' security groups: where teams have one each, which nobody else opens. */
export function bindingsOpenPods({ environment, cluster }: Pick<ClusterParty, "environment" | "cluster">): boolean {
  return clusterContract.outputs.teamSecurityGroupIds.presence.holds(environment, cluster);
}
