import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { clusterName } from "../environment";
import { type Statement, trustServiceAccount } from "../iam";
import { WorkspaceRole } from "../stack";
import type { ApplicationStack } from "./application-stack";
import { metadata, type Workload } from "./workload";

/**
 * Who the app is: its service account and, where it asks for permissions in AWS, a role that this service account of this
 * cluster alone may assume (IRSA). EKS mounts the token for it into the pods; none for the Kubernetes API is mounted.
 */
export class Identity extends Construct {
  /** No reference: a release takes contracts' values only. Who names it depends on `serviceAccount`. */
  readonly serviceAccountName: string;
  readonly serviceAccount: ITerraformDependable;

  constructor(stack: ApplicationStack, scope: Construct, app: Workload, permissions: readonly Statement[]) {
    super(scope, "identity");
    const role = permissions.length === 0 ? undefined : this.#role(stack, app, permissions);
    this.serviceAccountName = app.name;
    this.serviceAccount = new ServiceAccountV1(this, "service-account", {
      metadata: metadata(app, role === undefined ? {} : { "eks.amazonaws.com/role-arn": role.arn }),
      automountServiceAccountToken: false,
      // No pod runs as the account before its role may do what the app asks for.
      ...(role === undefined ? {} : { dependsOn: [...role.policies] }),
    });
  }

  #role(stack: ApplicationStack, { name, namespace }: Workload, permissions: readonly Statement[]): WorkspaceRole {
    const { environment, cluster, clusterContract } = stack;
    const oidc = { arn: clusterContract.oidcProviderArn, issuer: clusterContract.oidcIssuer };
    return new WorkspaceRole(this, "role", {
      // Role names are one namespace for the whole account: "app" keeps them apart from the add-ons'.
      name: `${clusterName(environment, cluster)}-app-${name}`,
      description: `Pods of ${name} in cluster ${clusterName(environment, cluster)}`,
      trust: trustServiceAccount(oidc, namespace, name),
      permissions,
    });
  }
}
