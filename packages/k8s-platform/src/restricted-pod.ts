import type {
  JobV1SpecTemplateSpecContainerSecurityContext,
  JobV1SpecTemplateSpecSecurityContext,
} from "@cdktf/provider-kubernetes/lib/job-v1";

/** Any number but 0; the images of the platform's Jobs have no need of a user of their own. */
const USER = "65532";

/** Pod and containers of a Job of the platform, as Pod Security's `restricted` wants them. */
export const restricted = {
  pod: {
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    seccompProfile: { type: "RuntimeDefault" },
  } satisfies JobV1SpecTemplateSpecSecurityContext,
  /** And with a root file system that nobody writes. */
  container: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
  } satisfies JobV1SpecTemplateSpecContainerSecurityContext,
};
