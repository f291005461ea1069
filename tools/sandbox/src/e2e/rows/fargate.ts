import assert from "node:assert/strict";
import {
  DescribeFargateProfileCommand,
  type EKSClient,
  type FargateProfile,
  ListFargateProfilesCommand,
} from "@aws-sdk/client-eks";
import { clusterName } from "@demarc/shared/environment";
import type { Live, Row } from "./row";

/** Pods on Fargate. */
export const fargate: readonly Row[] = [
  { id: "S0.9", what: "Fargate profiles", look: profiles },
  { id: "S0.10", what: "role that starts pods", look: executionRole },
];

/** What EKS gives a profile and a cluster. https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const [MOST_PROFILES, MOST_SELECTORS] = [10, 5];

async function profilesOf({ eks, environment }: Live): Promise<FargateProfile[]> {
  const found = Object.keys(environment.clusters).map((id) => profilesIn(eks, clusterName(environment, id)));
  const all = (await Promise.all(found)).flat();
  assert.notEqual(all.length, 0);
  return all;
}

async function profilesIn(eks: EKSClient, cluster: string): Promise<FargateProfile[]> {
  const { fargateProfileNames = [] } = await eks.send(new ListFargateProfilesCommand({ clusterName: cluster }));
  assert.ok(fargateProfileNames.length <= MOST_PROFILES);
  const described = fargateProfileNames.map(async (name) => {
    const asked = new DescribeFargateProfileCommand({ clusterName: cluster, fargateProfileName: name });
    return (await eks.send(asked)).fargateProfile ?? [];
  });
  return (await Promise.all(described)).flat();
}

async function profiles(live: Live): Promise<string> {
  const all = await profilesOf(live);
  for (const { fargateProfileName = "", selectors = [], status } of all) {
    assert.ok(selectors.length <= MOST_SELECTORS, `${fargateProfileName} has ${String(selectors.length)} selectors`);
    assert.equal(status, "ACTIVE");
  }
  const namespaces = all.flatMap(({ selectors = [] }) => selectors.map(({ namespace = "" }) => namespace));
  return `${String(all.length)}, active, for ${[...new Set(namespaces)].sort().join(", ")}`;
}

/** Its ARN has no path. */
async function executionRole(live: Live): Promise<string> {
  const roles = new Set((await profilesOf(live)).map(({ podExecutionRoleArn = "" }) => podExecutionRoleArn));
  for (const role of roles) assert.match(role, /:role\/[^/]+$/);
  return [...roles].map((role) => role.replace(/.*:/, "")).join(", ");
}
