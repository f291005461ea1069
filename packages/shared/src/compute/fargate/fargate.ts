import type { ComputeLimits, Findings } from "../findings";
import { at, type Fields, podOf, type WrittenObject } from "../written-objects";
import { askedBy } from "./pods";
import { refusedOfObject, refusedOfPod } from "./refusals";
import { DISK, fargateSize, LARGEST, shownSize, sizeWithoutKubernetes } from "./sizes";

const GIB = 2 ** 30;

/** What Fargate cannot run, and what it runs otherwise than asked. */
export const fargate: ComputeLimits = {
  findings: (object) => {
    const pod = podOf(object);
    const { problems, warnings } = pod === undefined ? { problems: [], warnings: [] } : ofPod(pod);
    return { problems: [...refusedOfObject(object), ...problems], warnings: [...warnings, ...jobWarnings(object)] };
  },
};

function ofPod(pod: Fields): Findings {
  const asked = askedBy(pod);
  const size = fargateSize(asked);
  const plain = sizeWithoutKubernetes(asked);
  return {
    problems: [
      ...refusedOfPod(pod),
      ...(size === undefined
        ? [
            `its containers and the 256 MB of Kubernetes are more than the largest machine of Fargate has, ${shownSize(LARGEST)}; request less`,
          ]
        : []),
      ...(asked.disk > DISK.most * GIB
        ? [`it asks for more than the ${String(DISK.most)} GiB of disk that a pod on Fargate may have; ask for less`]
        : []),
    ],
    warnings: [
      ...(size !== undefined && plain !== undefined && shownSize(size) !== shownSize(plain)
        ? [
            `what a pod of it requests would fit ${shownSize(plain)}; with the 256 MB that Kubernetes takes it gets, and you pay, ${shownSize(size)} (https://aws.amazon.com/fargate/pricing/); request 256Mi less of memory where the smaller one is meant`,
          ]
        : []),
      ...(asked.unequal.length > 0
        ? [
            `${asked.unequal.join(", ")}: on Fargate the requests say how large the machine is, so limits above them are never reached; make requests and limits of CPU and memory the same`,
          ]
        : []),
    ],
  };
}

/** The machine of a pod that is done is paid for until the pod goes. */
function jobWarnings({ kind, fields }: WrittenObject): string[] {
  const job = kind === "cronjob" ? at(fields, "spec", "jobTemplate") : fields;
  if (!["job", "cronjob"].includes(kind) || at(job, "spec", "ttlSecondsAfterFinished") !== undefined) return [];
  return [
    "the pods of a Job stay when they are done, and on Fargate their machines are paid for as long; say ttlSecondsAfterFinished",
  ];
}
