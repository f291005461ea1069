import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { DataTerraformRemoteStateS3, TerraformElement } from "cdktf";
import { policyDocument, type Statement, trustServiceAccount } from "../../iam";
import { objectsChartPath } from "../../kubernetes";
import type { KubernetesStack, WorkspaceStack } from "../../stack";
import { ApplicationStack } from "../../workload";

/**
 * What a workspace tries in a stack of dev's cluster a, and what its synth and deploy refuse it by. An app is team `pets`'.
 * @typeParam Stack class of its stack
 */
export interface StackAttempt<Stack extends WorkspaceStack = ApplicationStack> {
  readonly name: string;
  /** What it does to its stack. */
  readonly attempt: (stack: Stack) => void;
  /** A part of the sentence that refuses it. */
  readonly refusedBy: string | RegExp;
}

export type Fill = StackAttempt["attempt"];

export const override =
  (path: string, value: unknown) =>
  (stack: WorkspaceStack): void =>
    stack.addOverride(path, value);

export const onProvider =
  (provider: "aws" | "kubernetes" | "helm", path: string, value: unknown): Fill =>
  (stack) => {
    const found = stack.node.findChild(provider);
    if (found instanceof TerraformElement) found.addOverride(path, value);
  };

export const configMap = (stack: ApplicationStack, namespace: string | undefined = stack.namespace) =>
  new ConfigMapV1(stack, "colours", {
    metadata: { name: "colours", ...(namespace === "" ? {} : { namespace }) },
    data: { red: "1" },
  });

export const typed =
  (namespace: string): Fill =>
  (stack) =>
    void configMap(stack, namespace);

export const onConfigMap =
  (path: string, value: unknown): Fill =>
  (stack) =>
    configMap(stack).addOverride(path, value);

export const oidcOf = ({ clusterContract: { oidcProviderArn: arn, oidcIssuer: issuer } }: KubernetesStack) => ({
  arn,
  issuer,
});

/** A role as it may be. */
export function ownRole(stack: ApplicationStack, more: Readonly<Record<string, unknown>> = {}): IamRole {
  new ServiceAccountV1(stack, "account", { metadata: { name: "petstore", namespace: stack.namespace } });
  return new IamRole(stack, "role", {
    name: "dev-a-app-petstore",
    path: stack.rolePath,
    permissionsBoundary: stack.permissionsBoundary,
    assumeRolePolicy: policyDocument([trustServiceAccount(oidcOf(stack), stack.namespace, "petstore")]),
    ...more,
  });
}

export const role =
  (more: (stack: ApplicationStack) => Readonly<Record<string, unknown>>): Fill =>
  (stack) =>
    void ownRole(stack, more(stack));

/** A trust policy with one statement. */
export const trustOf = (statement: unknown): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

export const trusting = (trust: (stack: ApplicationStack) => unknown): Fill =>
  role((stack) => ({ assumeRolePolicy: trustOf(trust(stack)) }));

export const principal = (who: unknown): Fill =>
  trusting(() => ({ Effect: "Allow", Principal: who, Action: ["sts:AssumeRole"] }));

/** A policy on a role as it may be. */
export function asking(...statements: readonly (Statement | ((stack: ApplicationStack) => Statement))[]): Fill {
  return (stack) => {
    const given = statements.map((statement) => (typeof statement === "function" ? statement(stack) : statement));
    new IamRolePolicy(stack, "policy", { role: ownRole(stack).name, policy: policyDocument(given) });
  };
}

export const document =
  (policy: string): Fill =>
  (stack) => {
    new IamRolePolicy(stack, "policy", { role: ownRole(stack).name, policy });
  };

export const remote =
  (config: Readonly<Record<string, string>>) =>
  (stack: WorkspaceStack): void => {
    new DataTerraformRemoteStateS3(stack, "theirs", {
      bucket: "demarc-state-123456789012-ap-northeast-1",
      key: "dev/a/apps/storefront.tfstate",
      region: "ap-northeast-1",
      ...config,
    });
  };

export const release =
  (values: string, more: Readonly<Record<string, unknown>> = {}): Fill =>
  (stack) => {
    const made = new Release(stack, "release", {
      name: "things",
      namespace: stack.namespace,
      chart: objectsChartPath(),
      values: [values],
    });
    for (const [path, value] of Object.entries(more)) made.addOverride(path, value);
  };

export const elsewhere = "and its team is pets";
export const outside = "does not lie inside the boundary of apps' roles";
export const notItsTrust = "its trust is not that of a service account of this stack";
