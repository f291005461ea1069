import type { KubernetesObject } from "@demarc/shared/kubernetes";
import { TEAM_LABEL } from "../../team-label";
import { celList } from "./cel";
import type { AdmissionPolicy } from "./policy";

const API = "admissionregistration.k8s.io/v1";

/** Metadata that an update may change while it cleans up: the finalizers, and what the API server itself keeps beside them. */
const CLEANED = ["finalizers", "generation", "managedFields", "resourceVersion"];

/**
 * CEL: whether an update does nothing but take finalizers off an object with a deletionTimestamp. It must succeed though a policy
 * has become stricter since the object was made. Anything more is asked like every update: whoever gives an object a finalizer
 * of his own holds it there for as long as he likes. The API server lets nobody add a finalizer to such an object.
 */
export const CLEAN_UP = [
  "request.operation == 'UPDATE'",
  "has(oldObject.metadata.deletionTimestamp)",
  same("object", "oldObject", ["metadata", "status"]),
  same("object.metadata", "oldObject.metadata", CLEANED),
].join(" && ");

/** CEL: whether two maps are the same, apart from these keys. */
function same(one: string, other: string, apart: readonly string[]): string {
  const left = celList(apart);
  return [
    `${one}.all(key, key in ${left} || (key in ${other} && ${one}[key] == ${other}[key]))`,
    `${other}.all(key, key in ${left} || key in ${one})`,
  ].join(" && ");
}

/** The ValidatingAdmissionPolicy of a policy, and the binding without which it does nothing. */
export function manifestsOf(policy: AdmissionPolicy): KubernetesObject[] {
  const { name, parameters } = policy;
  return [
    { apiVersion: API, kind: "ValidatingAdmissionPolicy", metadata: { name }, spec: specOf(policy) },
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ["Deny"],
        ...(parameters === undefined ? {} : { paramRef: { ...parameters, parameterNotFoundAction: "Deny" } }),
      },
    },
  ];
}

function specOf({ resources, operations, parameters, variables = [], rules }: AdmissionPolicy) {
  return {
    // What cannot be judged is refused.
    failurePolicy: "Fail",
    ...(parameters === undefined ? {} : { paramKind: { apiVersion: "v1", kind: "ConfigMap" } }),
    matchConstraints: {
      matchPolicy: "Equivalent",
      namespaceSelector: { matchExpressions: [{ key: TEAM_LABEL, operator: "Exists" }] },
      resourceRules: resources.map(({ group, plurals }) => ({
        apiGroups: [group],
        apiVersions: ["*"],
        operations,
        resources: plurals,
        scope: "Namespaced",
      })),
    },
    matchConditions: [{ name: "is-no-clean-up", expression: `!(${CLEAN_UP})` }],
    variables,
    validations: rules.map(({ expression, message }) => ({ expression, message, reason: "Forbidden" })),
  };
}
