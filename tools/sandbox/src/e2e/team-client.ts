import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { ApiError } from "@demarc/deploy/kubernetes";
import { KubernetesClient, type Written } from "../controllers/kubernetes/client";
import { type Deployment, kinds } from "../controllers/kubernetes/kinds";
import type { ResourceKind } from "../controllers/kubernetes/object";
import { sandbox } from "./programs";

/** Seconds in which the controllers of a cluster act on a change. */
const PATIENCE = 60;

const kubeconfig = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({ server: z.url(), "certificate-authority-data": z.string() }),
    }),
  ),
  users: z.array(z.object({ user: z.object({ exec: z.object({ command: z.string(), args: z.array(z.string()) }) }) })),
});
const credential = z.object({ status: z.object({ token: z.string() }) });

/** Kubernetes as one team sees it: by the kubeconfig that a person is given, with the token that it gets. */
export interface TeamClient {
  readonly team: string;
  readonly kubernetes: KubernetesClient;
}

/**
 * @param cluster its name. @default the first
 * @throws AssertionError where the sandbox prints no kubeconfig of that cluster for the team, or it gets no token
 */
export async function clientOf(team: string, cluster?: string): Promise<TeamClient> {
  const { code, printed } = await sandbox(["kubeconfig", team]);
  assert.equal(code, 0);
  const { clusters, users } = kubeconfig.parse(JSON.parse(printed));
  const index = clusters.findIndex(({ name }) => cluster === undefined || name === cluster);
  const [found, exec] = [clusters[index]?.cluster, users[index]?.user.exec];
  assert.ok(found && exec, `${team} has no kubeconfig of ${cluster ?? "a cluster"}`);
  const { command, args } = exec;
  // As from a shell that has nothing: no PATH, no credentials.
  const { stdout } = await promisify(execFile)(command, args, { env: {} });
  const { token } = credential.parse(JSON.parse(stdout)).status;
  const certificateAuthority = Buffer.from(found["certificate-authority-data"], "base64").toString();
  return { team, kubernetes: new KubernetesClient({ endpoint: found.server, certificateAuthority, token }, "e2e") };
}

/** The image of one of the team's apps: pinned, as every image in a team's namespace must be. */
export async function imageOf({ team, kubernetes }: TeamClient): Promise<string> {
  const { items } = await kubernetes.list(kinds.deployments, { namespace: team });
  const [image] = items.flatMap(({ spec }) => spec.template.spec?.containers.map((container) => container.image) ?? []);
  assert.ok(image, `${team} has no app that is deployed`);
  return image;
}

/** Of a container, as Pod Security's level restricted wants it. */
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 10001,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

/** A Deployment of one pod. */
export function oneReplica(name: string, namespace: string, pod: object): Written {
  const labels = { app: name };
  return {
    metadata: { name, namespace },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
  };
}

/** Makes a Deployment, waits until it is as wanted, and takes it away. */
export async function whileDeployed(
  { kubernetes }: TeamClient,
  deployment: Written,
  isAsWanted: (deployment: Deployment) => boolean,
): Promise<void> {
  await kubernetes.create(kinds.deployments, deployment);
  try {
    const patience = Date.now() + PATIENCE * 1000;
    for (;;) {
      const found = await kubernetes.get(kinds.deployments, deployment.metadata);
      assert.ok(found, "the Deployment has gone");
      if (isAsWanted(found)) return;
      assert.ok(Date.now() < patience, `the Deployment is still ${JSON.stringify(found.status)}`);
      await sleep(500);
    }
  } finally {
    await kubernetes.delete(kinds.deployments, deployment.metadata);
  }
}

/** Whether a Deployment's pods are refused, with a message that says so. */
export function isRefused({ status }: Deployment, message: RegExp): boolean {
  const failure = status?.conditions?.find(({ type }) => type === "ReplicaFailure");
  return failure?.status === "True" && message.test(failure.message ?? "");
}

/** Makes an object and takes it away. */
export async function letsIn({ kubernetes }: TeamClient, kind: ResourceKind, object: Written): Promise<void> {
  await kubernetes.create(kind, object);
  await kubernetes.delete(kind, object.metadata);
}

/** What RBAC says to whoever lacks a right. */
export const FORBIDDEN = { status: 403, message: /is forbidden: User \S+ cannot / };

/** Fails unless the API server refuses, and for the right reason. */
export async function refuses(asked: Promise<unknown>, { status, message }: typeof FORBIDDEN): Promise<void> {
  const fault = await asked.then(
    () => undefined,
    (rejected: unknown) => {
      assert.ok(rejected instanceof ApiError, String(rejected));
      return rejected;
    },
  );
  assert.ok(fault, `it is let in, and should be refused with ${String(message)}`);
  console.log(`    ${String(fault.status)} ${fault.message}`);
  assert.equal(fault.status, status);
  assert.match(fault.message, message);
}
