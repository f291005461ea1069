import { z } from "zod";
import type { ApiServer } from "../kubernetes/api-server";
import type { DeclaredRelease } from "./declared";

/** A release that Helm was at work on when it was killed: Helm itself takes it for under work for ever. */
export interface UnfinishedRelease extends DeclaredRelease {
  /** Such as pending-upgrade. */
  readonly status: string;
  /** Name of the Secret that records its last revision. */
  readonly record: string;
  /** Names of the Secrets of all its revisions, the oldest first. */
  readonly records: readonly string[];
  /** The last revision that was whole; undefined where none was, or where it was being uninstalled. */
  readonly whole: number | undefined;
}

/** Secrets without their data: a release's has its whole chart. */
const METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

const secrets = z.object({
  // An API server writes null for the metadata of no objects.
  items: z
    .array(
      z.object({
        metadata: z.object({
          name: z.string(),
          labels: z.object({ name: z.string(), status: z.string(), version: z.coerce.number() }),
        }),
      }),
    )
    .nullable(),
});

/** Those of the releases that Helm did not finish. A deploy that runs has such ones too: whoever asks must know that none does. */
export async function unfinishedReleases(
  releases: readonly DeclaredRelease[],
  server: Pick<ApiServer, "ask">,
): Promise<UnfinishedRelease[]> {
  const unfinished: UnfinishedRelease[] = [];
  for (const namespace of new Set(releases.map((release) => release.namespace))) {
    const path = `/api/v1/namespaces/${namespace}/secrets`;
    const { items } = secrets.parse(
      await server.ask(path, { query: { labelSelector: "owner=helm" }, accept: METADATA }),
    );
    const revisions = (items ?? [])
      .map(({ metadata: { name: record, labels } }) => ({ record, ...labels }))
      .sort((one, other) => one.version - other.version);
    for (const { name } of releases.filter((release) => release.namespace === namespace)) {
      const own = revisions.filter((revision) => revision.name === name);
      const last = own.at(-1);
      if (last === undefined || !(last.status.startsWith("pending-") || last.status === "uninstalling")) continue;
      const whole = own.findLast(({ status }) => status === "deployed" || status === "superseded");
      unfinished.push({
        name,
        namespace,
        status: last.status,
        record: last.record,
        records: own.map(({ record }) => record),
        whole: last.status === "uninstalling" ? undefined : whole?.version,
      });
    }
  }
  return unfinished;
}
