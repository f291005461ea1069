import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { loadPolicy, type NamedPolicy } from "./policies";
import { principalArn } from "./principal";
import type { Question } from "./question";
import type { ResourceType } from "./resource-type";
import { withVariables } from "./variables";
import type { Verdict } from "./verdict";

const ELB = "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:";
const RULE = "${LoadBalancerName}/${LoadBalancerId}/${ListenerId}/${ListenerRuleId}";

const TAGGED = {
  targetgroup: `${ELB}targetgroup/\${TargetGroupName}/\${TargetGroupId}`,
  "listener/app": `${ELB}listener/app/\${LoadBalancerName}/\${LoadBalancerId}/\${ListenerId}`,
  "listener/net": `${ELB}listener/net/\${LoadBalancerName}/\${LoadBalancerId}/\${ListenerId}`,
  "listener-rule/app": `${ELB}listener-rule/app/${RULE}`,
  "listener-rule/net": `${ELB}listener-rule/net/${RULE}`,
};

const tagged: readonly ResourceType[] = Object.entries(TAGGED).map(([name, arn]) => ({
  ...{ name, arn, required: false, isUnknown: true },
  conditionKeys: [],
}));

/**
 * Types of resource that the library's data lacks. Elastic Load Balancing has two pages in AWS's reference, of two generations
 * with the same prefix; where both have an action, the data has the older one's types only.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
const MERGED: Readonly<Record<string, readonly ResourceType[]>> = {
  "elasticloadbalancing:addtags": tagged,
  "elasticloadbalancing:removetags": tagged,
};

/** @param action in lower case */
export function mergedTypes(action: string): readonly ResourceType[] {
  return MERGED[action] ?? [];
}

/**
 * Asks about a resource of such a type: the checked way would refuse the question. The statement is not known.
 * @param context all condition keys, those of the principal too
 */
export function judgeMerged(question: Question, context: Values): Verdict {
  const { boundary, identityPolicies, sessionPolicy } = question;
  const outcome = (policies: readonly NamedPolicy[], bounds?: NamedPolicy) =>
    evaluate(question, context, policies, bounds);
  // The unchecked way knows no session policies: what one does not allow is refused like by any other.
  const narrowed = sessionPolicy === undefined ? "Allowed" : outcome([sessionPolicy]);
  const result = outcome(identityPolicies, boundary);
  const explicit = result === "ExplicitlyDenied" || narrowed === "ExplicitlyDenied";
  if (result === "Allowed" && narrowed === "Allowed") {
    const allowing = identityPolicies.find((policy) => outcome([policy]) === "Allowed");
    return { allowed: true, ...decidedBy("identity policy", allowing) };
  }
  if (result === "Allowed") return { allowed: false, explicit, ...decidedBy("session policy", sessionPolicy) };
  if (outcome(identityPolicies) === "Allowed") return { allowed: false, explicit, ...decidedBy("boundary", boundary) };
  return { allowed: false, explicit, ...decidedBy("identity policy") };
}

function decidedBy<By extends Verdict["by"]>(by: By, policy?: NamedPolicy) {
  return { by, ...(policy === undefined ? {} : { policy: policy.name }), ignoredKeys: [] };
}

type Values = Record<string, string | string[]>;

function evaluate(
  { principal, action, resource, account }: Question,
  context: Values,
  policies: readonly NamedPolicy[],
  bounds: NamedPolicy | undefined,
) {
  const loaded = (named: NamedPolicy) => ({
    name: named.name,
    policy: loadPolicy("identity", withVariables(named, context)),
  });
  return runUnsafeSimulation(
    {
      request: {
        principal: principalArn(principal),
        action,
        resource: { resource, accountId: account },
        contextVariables: context,
      },
      identityPolicies: policies.map(loaded),
      ...(bounds === undefined ? {} : { permissionBoundaryPolicies: [loaded(bounds)] }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
}
