import { type AdmissionPolicy, cel } from "./policy";
import { podSpec, workloads } from "./workloads";

/** The annotation by which a workload says why its image has no digest, as WebApplication writes it. */
const EXCEPTION = "demarc/exception-mutable-image-tag";

/** An image is the one that was reviewed: a tag can be moved to another one by whoever may push. */
export function images(): AdmissionPolicy {
  return {
    name: "demarc-images",
    resources: workloads,
    operations: ["CREATE", "UPDATE"],
    variables: [
      podSpec,
      {
        name: "containers",
        expression:
          "variables.pod.containers + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])",
      },
      {
        name: "excused",
        expression: `has(object.metadata.annotations) && ${cel(EXCEPTION)} in object.metadata.annotations`,
      },
    ],
    rules: [
      {
        expression: "variables.excused || variables.containers.all(it, it.image.matches('@sha256:[0-9a-f]{64}$'))",
        message: `an image must end with its digest, @sha256:<64 hex digits>: a tag can be moved to another image; where there is none, say why in annotation ${EXCEPTION}`,
      },
    ],
  };
}
