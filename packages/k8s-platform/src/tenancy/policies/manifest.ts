import type { KubernetesObject } from "@demarc/shared/workspace";
import { TEAM_LABEL } from "../../team-label";
import type { AdmissionPolicy } from "./policy";

const API = "admissionregistration.k8s.io/v1";

/** The ValidatingAdmissionPolicy of a policy, and the binding without which it does nothing. */
export function manifestsOf(policy: AdmissionPolicy): KubernetesObject[] {
  const { name } = policy;
  return [
    { apiVersion: API, kind: "ValidatingAdmissionPolicy", metadata: { name }, spec: specOf(policy) },
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny"] },
    },
  ];
}

function specOf({ resources, operations, variables = [], rules }: AdmissionPolicy) {
  return {
    // What cannot be judged is refused.
    failurePolicy: "Fail",
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
    // An object that is going must be able to lose its finalizers, though a policy has become stricter since.
    matchConditions: [
      {
        name: "is-not-going",
        expression: "request.operation == 'DELETE' || !has(object.metadata.deletionTimestamp)",
      },
    ],
    variables,
    validations: rules.map(({ expression, message }) => ({ expression, message, reason: "Forbidden" })),
  };
}
