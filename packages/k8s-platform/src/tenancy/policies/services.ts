import { serviceTypes } from "@demarc/shared/exposure";
import { celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/** No Service opens a way into the cluster beside the one that the environment's exposure gives. */
export function services({ exposures }: PolicyContext): AdmissionPolicy {
  const types = serviceTypes(exposures);
  return {
    name: "demarc-services",
    resources: [{ group: "", plurals: ["services"] }],
    operations: ["CREATE", "UPDATE"],
    rules: [
      {
        expression: `!has(object.spec.type) || object.spec.type in ${celList(types)}`,
        message: `a Service must be of type ${types.join(" or ")}: apps are reached by ${exposures.map(({ kind }) => kind).join(" and ")} here`,
      },
      {
        expression: "!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0",
        message: "spec.externalIPs would draw traffic for addresses of others; leave it out",
      },
    ],
  };
}
