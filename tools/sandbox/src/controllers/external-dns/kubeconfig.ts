import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ActorCluster } from "../actor";

/**
 * Writes a kubeconfig whose token stands in a file of its own, which is read again and again: a new token needs no restart.
 *
 * @returns its path
 */
export function writeKubeconfig(folder: string, { name, record }: ActorCluster, token: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tokenFile = path.join(folder, "token");
  const kubeconfig = path.join(folder, "kubeconfig");
  const { endpoint, certificateAuthority } = record.cluster;
  const content = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: name, user: "controller" } }],
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority?.data } }],
    users: [{ name: "controller", user: { tokenFile } }],
  };
  writeIfChanged(tokenFile, token);
  writeIfChanged(kubeconfig, JSON.stringify(content, undefined, 2));
  return kubeconfig;
}

function writeIfChanged(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  writeFileSync(file, content, { mode: 0o600 });
}
