import { awsLoadBalancerController } from "../../addons/aws-load-balancer-controller";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/** ConfigMap of the ARNs that each namespace may bind to, out of every team's reach. A key is `<namespace>.<host name>`. */
export const TARGET_GROUPS = { name: "target-groups", namespace: "kube-system" };

/** Its key with the load balancer's security group. No namespace's begins so, for it has no dot. */
export const SECURITY_GROUP = "security-group";

/** The controller makes bindings of its own for Ingresses. */
const CONTROLLER = `system:serviceaccount:${awsLoadBalancerController.namespace}:${awsLoadBalancerController.name}`;

/** What would lead around the ARN, to another account, or have two clusters share a group. */
const LEFT_OUT = ["targetGroupName", "iamRoleArnToAssume", "assumeRoleExternalId"];

/**
 * A binding takes a target group of its own team's host names, and opens pods to the load balancer alone. Without it, whoever may write
 * bindings could draw the traffic of any other team into his namespace. Nobody else than the controller is let off.
 */
export function targetGroupBindings({ bindsTargetGroups, bindingsOpenPods }: PolicyContext): AdmissionPolicy[] {
  if (!bindsTargetGroups) return [];
  const own =
    "has(object.spec.targetGroupARN) && params.data.exists(key, key.startsWith(request.namespace + '.') && params.data[key] == object.spec.targetGroupARN)";
  const balancer = `has(peer.securityGroup) && !has(peer.ipBlock) && peer.securityGroup.groupID == params.data[${cel(SECURITY_GROUP)}]`;
  const open = `has(rule.from) && size(rule.from) > 0 && rule.from.all(peer, ${balancer}) && has(rule.ports) && size(rule.ports) > 0 && rule.ports.all(it, has(it.port))`;
  const rules = [
    {
      expression: own,
      message:
        "spec.targetGroupARN must be a target group of a host name of this team, in this cluster (the edge contract's targetGroupArns): any other one would draw somebody else's traffic here",
    },
    {
      expression: LEFT_OUT.map((field) => `!has(object.spec.${field})`).join(" && "),
      message: `spec.targetGroupARN alone says which target group it is; leave ${LEFT_OUT.join(", ")} out`,
    },
    {
      expression: "!has(object.spec.multiClusterTargetGroup) || object.spec.multiClusterTargetGroup == false",
      message: "each cluster has target groups of its own; leave spec.multiClusterTargetGroup out",
    },
    {
      expression: "!has(object.spec.targetType) || object.spec.targetType == 'ip'",
      message: "spec.targetType must be ip: the load balancer sends to the pods' own addresses",
    },
    bindingsOpenPods
      ? {
          expression: `!has(object.spec.networking) || !has(object.spec.networking.ingress) || object.spec.networking.ingress.all(rule, ${open})`,
          message:
            "spec.networking may let in the load balancer's security group (the edge contract's securityGroupId) at named ports, and nobody else",
        }
      : {
          expression: "!has(object.spec.networking)",
          message:
            "pods have the security group of all nodes and of the Kubernetes API here, which infra opens to the load balancer; leave spec.networking out",
        },
  ];
  return [
    {
      name: "demarc-target-group-bindings",
      resources: [{ group: "elbv2.k8s.aws", plurals: ["targetgroupbindings"] }],
      operations: ["CREATE", "UPDATE"],
      parameters: TARGET_GROUPS,
      variables: [{ name: "byController", expression: `request.userInfo.username == ${cel(CONTROLLER)}` }],
      rules: rules.map(({ expression, message }) => ({
        expression: `variables.byController || (${expression})`,
        message,
      })),
    },
  ];
}
