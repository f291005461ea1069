import { gunzipSync, gzipSync } from "node:zlib";
import { isRecord } from "@demarc/shared/json";

/** A release's revision as Helm records it: JSON, gzipped, in base64. https://pkg.go.dev/helm.sh/helm/v3/pkg/storage/driver#Secrets */
export interface Revision {
  /** All objects of the revision but hooks and CRDs of `crds/`, as YAML documents, in the order in which Helm makes them. */
  readonly manifest: string;
  /** The same record as one that failed, as Helm writes it. */
  readonly failed: () => string;
}

/** What is said of an interrupted revision, in `helm history`. */
const DESCRIPTION = "The deploy was killed; the next revision makes up for it";

/** @param release the field `release` of the Secret's data. @throws Error where it is no record of Helm's */
export function revisionIn(release: string): Revision {
  const record = recordIn(release);
  if (!isRecord(record) || !isRecord(record["info"])) throw new Error("this is no record of a Helm release");
  const { info, manifest } = record;
  return {
    manifest: typeof manifest === "string" ? manifest : "",
    failed: () => recordOf({ ...record, info: { ...info, status: "failed", description: DESCRIPTION } }),
  };
}

/** The record in the field `release` of a Secret's data. @throws Error where it is none */
export function recordIn(release: string): unknown {
  const text = Buffer.from(Buffer.from(release, "base64").toString("latin1"), "base64");
  return JSON.parse(gunzipSync(text).toString("utf8"));
}

/** A record as the field `release` of a Secret's data. */
export function recordOf(record: object): string {
  const zipped = gzipSync(JSON.stringify(record)).toString("base64");
  return Buffer.from(zipped, "latin1").toString("base64");
}
