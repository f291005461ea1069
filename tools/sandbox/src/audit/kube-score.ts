import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { appKinds } from "@demarc/shared/exposure";
import { apiVersion } from "@demarc/shared/kubernetes";
import { z } from "zod";
import type { KubernetesClient } from "../controllers/kubernetes/client";
import type { KubernetesObject } from "../controllers/kubernetes/object";
import type { Go } from "../go/go";
import { MODULES } from "../go/modules";
import { type GoProgram, goProgram } from "../go/program";
import type { Layout } from "../layout";
import type { Finding } from "./finding";

/** kube-score, which scores Kubernetes objects by rules that are not ours. */
export function kubeScoreProgram(layout: Pick<Layout, "go" | "logs" | "root">, go: Go): GoProgram {
  return goProgram(
    {
      name: "kube-score",
      folder: path.join(MODULES, "kube-score"),
      packages: { "kube-score": "github.com/zegl/kube-score/cmd/kube-score" },
      usually: "1 minute",
    },
    layout,
    go,
  );
}

/** Kinds that kube-score has checks for. */
const SCORED = [
  "CronJob",
  "Deployment",
  "HorizontalPodAutoscaler",
  "Ingress",
  "Job",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "Service",
  "StatefulSet",
];

/** All objects of a cluster that kube-score knows, in every namespace: the apps' and the platform's. */
export async function scoredObjects(kubernetes: KubernetesClient): Promise<KubernetesObject[]> {
  const kinds = appKinds.filter(({ kind }) => SCORED.includes(kind));
  const lists = await Promise.all(
    kinds.map((it) => kubernetes.list({ ...it, apiVersion: apiVersion(it), namespaced: true })),
  );
  return lists.flatMap(({ items }) => items);
}

/** An object's grade: 1 critical, 5 warning, 7 almost OK, 10 OK. */
const OK = 10;

const report = z.array(
  z.object({
    type_meta: z.object({ kind: z.string() }),
    object_meta: z.object({ name: z.string(), namespace: z.string().default("default") }),
    checks: z.array(
      z.object({ check: z.object({ id: z.string(), name: z.string() }), grade: z.number(), skipped: z.boolean() }),
    ),
  }),
);

/**
 * What kube-score finds in objects, each beside all others. Whoever made an object cannot switch a check off by an annotation.
 * @param program path of its binary
 * @param version minor version of the cluster, such as "1.35"
 * @throws Error where it did not score every object: silence would look like a clean bill.
 */
export async function scores(
  program: string,
  objects: readonly KubernetesObject[],
  version: string,
): Promise<Finding[]> {
  const args = [
    "score",
    "--output-format=json",
    `--kubernetes-version=v${version}`,
    "--disable-ignore-checks-annotations",
  ];
  const said = await answer(program, [...args, "-"], objects.map((it) => JSON.stringify(it)).join("\n---\n"));
  const scored = report.parse(JSON.parse(said));
  if (scored.length !== objects.length)
    throw new Error(`kube-score was given ${String(objects.length)} objects and scored ${String(scored.length)}`);
  return scored.flatMap(({ type_meta: { kind }, object_meta: { name, namespace }, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < OK)
      .map(({ check }) => ({ check: check.id, title: check.name, stack: namespace, resource: `${kind}/${name}` })),
  );
}

/** What it says; that it ends with 1 where it finds something is no failure. */
async function answer(program: string, args: readonly string[], input: string): Promise<string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  const [said] = await Promise.all([text(child.stdout), once(child, "close")]);
  return said;
}
