import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "@demarc/shared/environment";
import type { Go } from "../go/go";
import { MODULES } from "../go/modules";
import { goProgram, type GoProgram, type GoSource } from "../go/program";
import type { Layout } from "../layout";
import type { LocalControlPlaneOptions } from "./local-control-plane";

/** Kubernetes by minor version: each folder is one, and its go.mod names the patch. */
const KUBERNETES = path.join(MODULES, "kubernetes");

const KWOK: GoSource = {
  name: "kwok",
  folder: path.join(MODULES, "kwok"),
  packages: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
  flags: ["-ldflags=-s -w"],
  usually: "1 minute",
};

/** Minor versions of Kubernetes that a cluster of the sandbox can have, such as "1.35". */
export function kubernetesVersions(): string[] {
  return readdirSync(KUBERNETES).toSorted();
}

/** The patch version that stands for a minor one, such as 1.35.4. */
export function patchVersion(minor: string): string {
  const module = readFileSync(path.join(KUBERNETES, minor, "go.mod"), "utf8");
  const patch = /^\s+k8s\.io\/kubernetes v(\S+)/m.exec(module)?.[1];
  if (patch === undefined) throw new Error(`go.mod of Kubernetes ${minor} does not require k8s.io/kubernetes`);
  return patch;
}

/** A sentence for each cluster of an environment whose Kubernetes the sandbox has not. */
export function unknownVersions({ name, clusters }: Pick<Environment, "name" | "clusters">): string[] {
  const known = kubernetesVersions();
  return Object.entries(clusters)
    .filter(([, { version }]) => !known.includes(version))
    .map(
      ([id, { version }]) =>
        `Cluster ${id} of ${name} is of Kubernetes ${version}, and the sandbox has ${known.join(", ")}: take that, or add tools/sandbox/go/kubernetes/${version}.`,
    );
}

/** What control planes are made of. */
export interface ControlPlanePrograms {
  /** By minor version. */
  readonly kubernetes: Readonly<Record<string, GoProgram>>;
  readonly kwok: GoProgram;
}

export function controlPlanePrograms(layout: Pick<Layout, "go" | "logs" | "root">, go: Go): ControlPlanePrograms {
  const versions = kubernetesVersions().map((minor) => [minor, goProgram(kubernetes(minor), layout, go)] as const);
  return { kubernetes: Object.fromEntries(versions), kwok: goProgram(KWOK, layout, go) };
}

/** Those of them that an environment's clusters run on. */
export function programsFor(
  { clusters }: Pick<Environment, "clusters">,
  { kubernetes, kwok }: ControlPlanePrograms,
): GoProgram[] {
  const versions = new Set(Object.values(clusters).map(({ version }) => version));
  return [...[...versions].flatMap((version) => kubernetes[version] ?? []), kwok];
}

/** Where control planes find their programs, and keep what they write. */
export type ControlPlanePlaces = Omit<LocalControlPlaneOptions, "reviewUrl">;

export function placesOf(
  { kubernetes, kwok }: ControlPlanePrograms,
  { clusters, logs }: Pick<Layout, "clusters" | "logs">,
): ControlPlanePlaces {
  const folders = Object.entries(kubernetes).map(([minor, { directory }]) => [minor, directory] as const);
  return { kubernetes: Object.fromEntries(folders), kwok: kwok.binary("kwok"), clusters, logs };
}

function kubernetes(minor: string): GoSource {
  const patch = patchVersion(minor);
  const [major = "", minorNumber = ""] = minor.split(".");
  const version = "k8s.io/component-base/version";
  // Without them the server says that it is v0.0.0-master, which Helm and kubectl make no sense of.
  const variables = { gitVersion: `v${patch}`, gitMajor: major, gitMinor: minorNumber };
  const set = Object.entries(variables).map(([name, value]) => `-X ${version}.${name}=${value}`);
  return {
    name: `kubernetes-${minor}`,
    folder: path.join(KUBERNETES, minor),
    packages: {
      etcd: "go.etcd.io/etcd/server/v3",
      "kube-apiserver": "./cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
      "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
    },
    flags: [`-ldflags=-s -w ${set.join(" ")}`],
    usually: "4 minutes",
  };
}
