import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Connection } from "@demarc/deploy/kubernetes";
import type { ControlPlaneAddress } from "../../eks-api/control-plane";
import { findGo } from "../../go/go";
import { goModules } from "../../go/modules";
import { layoutOf } from "../../layout";
import { LocalControlPlane } from "../local-control-plane";
import { type ControlPlanePlaces, controlPlanePrograms, kubernetesVersions, placesOf } from "../programs";

/** Where this repository's sandbox keeps what it makes. */
export const LAYOUT = layoutOf(path.resolve(__dirname, "../../../../.."), process.env);

/** Folders of a test's own, and the programs of this repository's cache. */
export interface TestControlPlane {
  readonly plane: LocalControlPlane;
  /** Temporary folder that has everything of the clusters. */
  readonly folder: string;
  /** Removes the folder. What was started must have been stopped. */
  readonly remove: () => void;
}

export interface RunningControlPlane extends ControlPlaneAddress {
  /** EKS's own: an administrator's. */
  readonly connection: Connection;
  readonly plane: LocalControlPlane;
  /** Ends it and leaves nothing. */
  stop(): Promise<void>;
}

/** Name of the cluster that runControlPlane starts. */
export const CLUSTER = "dev-a";

/** The programs of this repository's cache, which vitest.cluster.config.mjs builds, and that folder for all that is written. */
export async function testPlaces(folder: string): Promise<ControlPlanePlaces> {
  const go = await findGo(goModules(), process.env);
  if ("lacking" in go) throw new Error(go.lacking);
  return placesOf(controlPlanePrograms(LAYOUT, go), {
    clusters: path.join(folder, "clusters"),
    logs: path.join(folder, "logs"),
  });
}

/**
 * A control plane that starts nothing yet, with a folder of its own.
 *
 * @param reviewUrl who is asked about tokens. @default nobody: EKS's own connection and service accounts are let in
 */
export async function testControlPlane(reviewUrl = "http://127.0.0.1:1"): Promise<TestControlPlane> {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-clusters-"));
  const plane = new LocalControlPlane({ ...(await testPlaces(folder)), reviewUrl: () => reviewUrl });
  return {
    plane,
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A whole control plane, with nothing in it, for a test that needs no EKS API beside it. */
export async function runControlPlane(reviewUrl?: string): Promise<RunningControlPlane> {
  const { plane, remove } = await testControlPlane(reviewUrl);
  const address = await plane.start(testCluster());
  const stop = async () => {
    await plane.stop(CLUSTER);
    remove();
  };
  return { ...address, connection: plane.connection(CLUSTER), plane, stop };
}

/** The least of a cluster that a control plane is started from. */
export function testCluster(): Parameters<LocalControlPlane["start"]>[0] {
  return {
    name: CLUSTER,
    version: kubernetesVersions().at(-1) ?? "",
    kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
    logging: { clusterLogging: [{ types: ["audit"], enabled: true }] },
    identity: { oidc: { issuer: "https://oidc.eks.ap-northeast-1.amazonaws.com/id/0123456789ABCDEF" } },
  };
}
