import type { Context } from "../context";
import type { ClusterRecord } from "../store";
import { addAccessEntry } from "./entry";
import { hasAccessEntries } from "./granted";
import { accessPolicyArn } from "./policies";

/** Makes whoever created the cluster its administrator, unless the cluster asked for the contrary. */
export function grantCreator(context: Context, record: ClusterRecord): void {
  if (!hasAccessEntries(record) || !record.cluster.accessConfig.bootstrapClusterCreatorAdminPermissions) return;
  addAccessEntry(context, record, { principalArn: record.creatorArn, type: "STANDARD" });
  associate(record, record.creatorArn, "AmazonEKSClusterAdminPolicy");
}

/** Lets nodes with this role join, as EKS does for its own node groups, profiles and Auto Mode. */
export function grantNodes(
  context: Context,
  record: ClusterRecord,
  roleArn: string,
  type: "EC2" | "EC2_LINUX" | "EC2_WINDOWS" | "FARGATE_LINUX",
): void {
  if (!hasAccessEntries(record) || record.accessEntries.find(roleArn)) return;
  addAccessEntry(context, record, { principalArn: roleArn, type });
  if (type === "EC2") associate(record, roleArn, "AmazonEKSAutoNodePolicy");
}

function associate(record: ClusterRecord, principalArn: string, policy: string): void {
  const policyArn = accessPolicyArn(policy);
  const now = new Date();
  record.accessEntries.get(principalArn).policies.add(policyArn, {
    policyArn,
    accessScope: { type: "cluster", namespaces: [] },
    associatedAt: now,
    modifiedAt: now,
  });
}
