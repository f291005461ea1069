import { accessEntryRoutes } from "./access/entry-routes";
import { accessPolicyRoutes } from "./access/policy-routes";
import { addonRoutes } from "./addon/routes";
import { clusterRoutes } from "./cluster/routes";
import { fargateProfileRoutes } from "./fargate-profile";
import type { Route } from "./http/route";
import { identityProviderRoutes } from "./identity-provider";
import { nodegroupRoutes } from "./nodegroup/routes";
import { podIdentityRoutes } from "./pod-identity";
import { tagRoutes } from "./tags";
import { updateRoutes } from "./updates";
import { versionRoutes } from "./versions";

/** Every operation of EKS that the sandbox has. */
export const ROUTES: readonly Route[] = [
  ...clusterRoutes,
  ...nodegroupRoutes,
  ...fargateProfileRoutes,
  ...addonRoutes,
  ...accessEntryRoutes,
  ...accessPolicyRoutes,
  ...podIdentityRoutes,
  ...identityProviderRoutes,
  ...tagRoutes,
  ...updateRoutes,
  ...versionRoutes,
];
