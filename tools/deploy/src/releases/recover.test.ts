import { gunzipSync } from "node:zlib";
import { Refusal } from "../refusal";
import { ObjectsServer, type StoredObject } from "../testing/objects-server";
import { recordOf, revisionIn } from "./record";
import { recover } from "./recover";

const RELEASE = { name: "web", namespace: "pets" };
const SECRETS = "/api/v1/namespaces/pets/secrets";
const SERVICE = "/api/v1/namespaces/pets/services/web";
const ROLE = "/apis/rbac.authorization.k8s.io/v1/clusterroles/web";
const KEPT = "/api/v1/namespaces/pets/services/kept";
const PATIENCE = { atMost: 20, every: 5 };

/** What Helm writes into all that a release makes. */
const OWN = { annotations: { "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "pets" } };

const MANIFEST = `---
# Source: web/templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: kept, annotations: { helm.sh/resource-policy: keep } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
---
apiVersion: example.com/v1
kind: Unknown
metadata: { name: web }
`;

const DISCOVERY = {
  "/api/v1": {
    resources: [
      { name: "services/status", kind: "Service", namespaced: true },
      { name: "services", kind: "Service", namespaced: true },
    ],
  },
  "/apis/rbac.authorization.k8s.io/v1": {
    resources: [{ name: "clusterroles", kind: "ClusterRole", namespaced: false }],
  },
};

/** A cluster in which the release has revisions of these statuses, the oldest first, and all objects of its manifest. */
function clusterWith(...statuses: readonly string[]): ObjectsServer {
  const revisions = statuses.map((status, index) => {
    const version = String(index + 1);
    const name = `sh.helm.release.v1.web.v${version}`;
    const release = recordOf({ name: "web", version: index + 1, info: { status }, manifest: MANIFEST });
    const metadata = { name, resourceVersion: "7", labels: { owner: "helm", name: "web", status, version } };
    const secret: StoredObject = { type: "helm.sh/release.v1", metadata, data: { release } };
    return [`${SECRETS}/${name}`, secret] satisfies [string, StoredObject];
  });
  const objects = [SERVICE, ROLE, KEPT].map((path) => [path, { metadata: OWN }] satisfies [string, StoredObject]);
  const all: [string, StoredObject][] = [...revisions, ...objects];
  return new ObjectsServer(Object.fromEntries(all), DISCOVERY);
}

const noLock = () => Promise.resolve();

function statusOf(cluster: ObjectsServer, revision: number): unknown[] {
  const secret = cluster.object(`${SECRETS}/sh.helm.release.v1.web.v${String(revision)}`);
  const { release } = secret?.["data"] as { release: string };
  expect(revisionIn(release).manifest).toBe(MANIFEST);
  // As Helm reads it.
  const zipped = Buffer.from(Buffer.from(release, "base64").toString(), "base64");
  const record = JSON.parse(gunzipSync(zipped).toString()) as { info: { status: string } };
  return [secret?.metadata.labels?.["status"], record.info.status];
}

describe("a release that is as Helm leaves it when it has finished", () => {
  it.each([["deployed"], ["failed"], ["superseded", "deployed"], ["deployed", "failed"]])(
    "%s: is left alone, and no lock is asked for",
    async (...statuses) => {
      const cluster = clusterWith(...statuses);
      expect(await recover([RELEASE], cluster, () => Promise.reject(new Error("asked")))).toEqual([]);
      expect(cluster.changes).toEqual([]);
    },
  );

  it("is left alone where another release of the namespace is pending", async () => {
    const cluster = clusterWith("deployed", "pending-upgrade");
    expect(await recover([{ ...RELEASE, name: "other" }], cluster, noLock)).toEqual([]);
  });
});

describe("a release under work that was whole before", () => {
  it.each(["pending-upgrade", "pending-rollback"])("%s: its last revision counts as failed", async (status) => {
    const cluster = clusterWith("superseded", "deployed", status);
    expect(await recover([RELEASE], cluster, noLock)).toEqual([
      `Helm release web in pets was left at ${status} by a deploy that was killed: that revision counts as failed now, and the next one is made from revision 2.`,
    ]);
    expect(statusOf(cluster, 3)).toEqual(["failed", "failed"]);
    expect(statusOf(cluster, 2)).toEqual(["deployed", "deployed"]);
    expect(cluster.changes).toHaveLength(1);
  });

  it("is not touched where somebody has written since it was read", async () => {
    const cluster = clusterWith("deployed", "pending-upgrade");
    const record = `${SECRETS}/sh.helm.release.v1.web.v2`;
    const ask: ObjectsServer["ask"] = async (path, asked) => {
      const answer = await cluster.ask(path, asked);
      const object = cluster.object(record);
      if (path === record && object !== undefined) {
        cluster.set(record, { ...object, metadata: { ...object.metadata, resourceVersion: "8" } });
      }
      return answer;
    };
    await expect(recover([RELEASE], { ask }, noLock)).rejects.toThrow(
      /^Helm release web in pets .* cannot be put right: the object has been modified\. Deploy again, or do it by hand: helm --namespace pets rollback web 1$/,
    );
    expect(statusOf(cluster, 2)).toEqual(["pending-upgrade", "pending-upgrade"]);
  });
});

describe("a release that was never whole, or that is half gone", () => {
  it.each([["pending-install"], ["failed", "pending-upgrade"], ["superseded", "uninstalling"]])(
    "%s: is uninstalled, all but what the chart keeps",
    async (...statuses) => {
      const cluster = clusterWith(...statuses);
      expect(await recover([RELEASE], cluster, noLock, PATIENCE)).toEqual([
        `Helm release web in pets was left at ${statuses.at(-1) ?? ""} by a deploy that was killed: what there was of it is uninstalled.`,
      ]);
      expect(cluster.paths).toEqual([KEPT]);
      expect(cluster.changes.slice(0, 2)).toEqual([`DELETE ${ROLE}`, `DELETE ${SERVICE}`]);
    },
  );

  it("leaves an object that another release has, or nobody's Helm", async () => {
    const cluster = clusterWith("pending-install");
    cluster.set(SERVICE, { metadata: {} });
    cluster.set(ROLE, {
      metadata: { annotations: { ...OWN.annotations, "meta.helm.sh/release-namespace": "shop" } },
    });
    await recover([RELEASE], cluster, noLock, PATIENCE);
    expect(cluster.paths).toEqual([SERVICE, ROLE, KEPT]);
  });

  it("keeps its record, and says what holds it, until all of it is gone", async () => {
    const cluster = clusterWith("pending-install");
    cluster.set(SERVICE, { metadata: { ...OWN, finalizers: ["example.com/held"] } });
    await expect(recover([RELEASE], cluster, noLock, PATIENCE)).rejects.toThrow(
      `still there is ${SERVICE} (held by example.com/held). Deploy again, or do it by hand: helm --namespace pets uninstall web`,
    );
    expect(cluster.paths).toContain(`${SECRETS}/sh.helm.release.v1.web.v1`);
  });
});

it.each([
  ["is read", "pending-upgrade", ["GET"]],
  ["is read", "uninstalling", ["GET"]],
  ["is written", "pending-upgrade", ["PUT"]],
])("takes a release for gone whose record goes before it %s: %s", async (_, status, methods) => {
  const cluster = clusterWith("deployed", status);
  const record = `${SECRETS}/sh.helm.release.v1.web.v2`;
  const ask: ObjectsServer["ask"] = async (path, asked) => {
    if (path === record && methods.includes(asked?.method ?? "GET")) await cluster.ask(record, { method: "DELETE" });
    return cluster.ask(path, asked);
  };
  expect(await recover([RELEASE], { ask }, noLock)).toEqual([]);
  expect(cluster.changes[0]).toBe(`DELETE ${record}`);
});

it("touches nothing where somebody deploys the stack now", async () => {
  const cluster = clusterWith("deployed", "pending-upgrade");
  const locked = () => Promise.reject(new Refusal(["locked by ada"]));
  await expect(recover([RELEASE], cluster, locked)).rejects.toThrow("locked by ada");
  expect(cluster.changes).toEqual([]);
});
