import type { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { JobV1, type JobV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/job-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { PodRole } from "../pod-role";
import { restricted } from "../restricted-pod";

/** Of service account, role and, with what the Job has seen, of the Job. */
const NAME = "pod-identity-gate";
const NAMESPACE = "kube-system";

/** EKS puts it into a pod as it admits it, where an association acts on the pod's service account. */
const SEEN = 'test -n "$AWS_CONTAINER_CREDENTIALS_FULL_URI"';

export interface PodIdentityGateProps {
  readonly cluster: ClusterReference;
  /** What must act before a release makes pods. */
  readonly associations: readonly EksPodIdentityAssociation[];
  /** With bash in it. */
  readonly image: string;
  /** What its pod needs to run. @default nothing */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Waits until EKS Pod Identity acts. An association takes some seconds, and a pod that is admitted earlier never gets credentials:
 * nothing makes it anew. So the gate has an association of its own, made after all others, and a Job whose pod asks whether it has
 * got credentials. A pod that has none fails and the Job makes another one, 10 seconds later, then 20, 40 and so on.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html: "eventually consistent"
 *
 * The Job's name tells which associations it has waited for: new ones have a Job of their own, and no change none.
 */
export class PodIdentityGate extends Construct {
  /** What a release depends on. */
  readonly passed: ITerraformDependable;

  constructor(scope: Construct, id: string, { cluster, associations, image, after = [] }: PodIdentityGateProps) {
    super(scope, id);
    const role = new PodRole(this, "identity", {
      cluster,
      name: NAME,
      description: `Waits for EKS Pod Identity in cluster ${cluster.name}, and may do nothing`,
      namespace: NAMESPACE,
      serviceAccount: NAME,
      permissions: [],
      after: associations,
    });
    const account = new ServiceAccountV1(this, "service-account", {
      metadata: { name: NAME, namespace: NAMESPACE },
      automountServiceAccountToken: false,
    });
    // By where they stand: tokens are numbered by what was made before them.
    const ordered = associations.toSorted((one, other) => (one.node.path < other.node.path ? -1 : 1));
    const waitedFor = Fn.sha256(
      Fn.join(
        ",",
        ordered.map(({ associationId }) => associationId),
      ),
    );
    this.passed = new JobV1(this, "job", {
      metadata: { name: `${NAME}-${Fn.substr(waitedFor, 0, 10)}`, namespace: NAMESPACE },
      spec: {
        backoffLimit: 5,
        activeDeadlineSeconds: 600,
        template: { metadata: { labels: { "app.kubernetes.io/name": NAME } }, spec: podSpec(account, image) },
      },
      waitForCompletion: true,
      timeouts: { create: "15m", update: "15m" },
      dependsOn: [...role.needed, ...after],
    });
  }
}

function podSpec(account: ServiceAccountV1, image: string): JobV1SpecTemplateSpec {
  return {
    serviceAccountName: account.metadata.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // Cluster Autoscaler waits for it too: on a full cluster nobody else would make room.
    priorityClassName: "system-cluster-critical",
    // A container that starts anew is in the same pod, which was admitted once.
    restartPolicy: "Never",
    securityContext: restricted.pod,
    container: [
      {
        name: "gate",
        image,
        command: ["/bin/bash", "-c", SEEN],
        resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
        securityContext: restricted.container,
      },
    ],
  };
}
