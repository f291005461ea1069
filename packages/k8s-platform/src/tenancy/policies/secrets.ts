import { celList } from "./cel";
import type { AdmissionPolicy } from "./policy";

/** Types of which a controller makes, or takes, a token: one of a service account that never ends, or one that lets a node join. */
const tokens = ["kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"];

/** A service account's token ends: pods get one that does by themselves. */
export function secrets(): AdmissionPolicy {
  return {
    name: "demarc-secrets",
    resources: [{ group: "", plurals: ["secrets"] }],
    operations: ["CREATE", "UPDATE"],
    rules: [
      {
        expression: `!has(object.type) || !(object.type in ${celList(tokens)})`,
        message: `a Secret of type ${tokens.join(" or ")} is a token without end; leave it out: a pod's serviceAccountName gives it one that is renewed`,
      },
    ],
  };
}
