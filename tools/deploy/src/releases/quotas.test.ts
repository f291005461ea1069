import { ObjectsServer, type StoredObject } from "../testing/objects-server";
import { awaitCounts } from "./quotas";

const ROUTES = "count/ingressroutes.traefik.io";
const QUOTAS = "/api/v1/namespaces/pets/resourcequotas";
const CONFIG_MAPS = "/api/v1/namespaces/pets/configmaps";
const PATIENCE = { atMost: 40, every: 2 };

const quota = (used?: Readonly<Record<string, string>>): StoredObject => ({
  metadata: { name: "team" },
  spec: { hard: { pods: "10", [ROUTES]: "5" } },
  ...(used === undefined ? {} : { status: { used } }),
});

const counted = quota({ pods: "1", [ROUTES]: "0" });

/** A cluster that counts routes too once that many ConfigMaps were deleted. */
function clusterThatCounts(after: number, first = quota({ pods: "1" })) {
  const cluster = new ObjectsServer({ [`${QUOTAS}/team`]: first });
  const ask: ObjectsServer["ask"] = (path, asked) => {
    if (!path.startsWith(CONFIG_MAPS)) return cluster.ask(path, asked);
    cluster.changes.push(`${asked?.method ?? "GET"} ${path}`);
    if (cluster.changes.filter((each) => each.startsWith("DELETE")).length >= after)
      cluster.set(`${QUOTAS}/team`, counted);
    return Promise.resolve({});
  };
  return { ask, changes: cluster.changes };
}

async function waited(cluster: Pick<ObjectsServer, "ask">) {
  const said: string[] = [];
  const isCounted = await awaitCounts("pets", cluster, (line) => said.push(line), PATIENCE);
  return { isCounted, said };
}

it("asks nothing more, and says nothing, where all is counted or there is no quota", async () => {
  for (const objects of [{}, { [`${QUOTAS}/team`]: counted }]) {
    const cluster = new ObjectsServer(objects);
    expect(await waited(cluster)).toEqual({ isCounted: true, said: [] });
    expect(cluster.changes).toEqual([]);
  }
});

it("says once what is not counted, has it counted again, and leaves nothing behind", async () => {
  const cluster = clusterThatCounts(2);
  expect(await waited(cluster)).toEqual({
    isCounted: true,
    said: [`Kubernetes does not count ${ROUTES} (quota team) in pets yet: waiting, 5 minutes at most`],
  });
  const [made = "", deleted = ""] = cluster.changes;
  expect(made).toBe(`POST ${CONFIG_MAPS}`);
  expect(deleted).toMatch(new RegExp(`^DELETE ${CONFIG_MAPS}/count-again-`));
  expect(cluster.changes).toHaveLength(4);
});

it("takes a quota that was counted in nothing yet for one that is to be counted", async () => {
  expect(await waited(clusterThatCounts(1, quota()))).toMatchObject({
    isCounted: true,
    said: [expect.stringContaining("pods (quota team)")],
  });
});

it("goes on where it is never counted, and where nothing may be deleted", async () => {
  expect(await waited(clusterThatCounts(Infinity))).toMatchObject({ isCounted: false });
  const { ask } = clusterThatCounts(Infinity);
  const refusing: ObjectsServer["ask"] = (path, asked) =>
    path.startsWith(CONFIG_MAPS) ? Promise.reject(new Error("forbidden")) : ask(path, asked);
  expect(await waited({ ask: refusing })).toMatchObject({ isCounted: false });
});

it("ends the wait at once where it is told to, also before it began", async () => {
  const patience = { atMost: 600_000, every: 600_000 };
  const stopped = new AbortController();
  const { ask } = clusterThatCounts(Infinity);
  const asked: ObjectsServer["ask"] = (path, how) => {
    if (how?.method === "DELETE") setImmediate(() => stopped.abort());
    return ask(path, how);
  };
  const waited = () => awaitCounts("pets", { ask: asked }, () => undefined, patience, stopped.signal);
  expect(await waited()).toBe(false);
  expect(stopped.signal.aborted).toBe(true);
  expect(await waited()).toBe(false);
});
