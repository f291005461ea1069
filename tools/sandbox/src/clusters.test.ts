import { createServer, type Server } from "node:http";
import {
  endedComponents,
  endedSentence,
  existingClusters,
  resumeControlPlanes,
  runningClusterSummaries,
} from "./clusters";
import { layoutOf } from "./layout";
import { listen } from "./loopback/listening";

const component = (name: string, running: boolean) => ({ name, running, log: `/repository/.sandbox/logs/${name}.log` });
const planes = {
  "dev-a": [component("etcd", true), component("kube-apiserver", false), component("kwok", false)],
  "prod-a": [component("etcd", true), component("kube-apiserver", true)],
};
const summary = (name: string) => ({
  ...{ name, version: "1.35", status: "ACTIVE" },
  ...{ nodes: [], managedAddons: [], releases: [], apps: [] },
});

let asked: string[];
let server: Server;
let servers: { eksUrl: string };

beforeAll(async () => {
  server = createServer(({ method, url = "" }, response) => {
    asked.push(`${String(method)} ${url}`);
    const [, name = ""] = /clusters\/([^/]+)\/summary/.exec(url) ?? [];
    response.end(JSON.stringify(name === "" ? planes : summary(name)));
  });
  servers = { eksUrl: `http://127.0.0.1:${String(await listen(server))}` };
});

beforeEach(() => {
  asked = [];
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it("names what has ended of each control plane, and where its last words are", async () => {
  const sentences = (await endedComponents(servers)).map((component) => endedSentence(component, "/repository"));
  expect(sentences).toEqual([
    "kube-apiserver of cluster dev-a has ended (why: the end of .sandbox/logs/kube-apiserver.log).",
    "kwok of cluster dev-a has ended (why: the end of .sandbox/logs/kwok.log).",
  ]);
});

it("starts a control plane again once, whatever has ended of it, and no other", async () => {
  const said: string[] = [];
  const console = {
    live: false,
    columns: () => 80,
    write: () => undefined,
    say: (line: string) => void said.push(line),
  };
  const all = { ...servers, judgeUrl: "", awsUrl: "", region: "", account: "", startedAt: new Date() };
  await resumeControlPlanes(all, { layout: layoutOf("/repository"), inherited: {}, console });
  expect(asked.filter((one) => one.startsWith("POST"))).toEqual(["POST /_sandbox/clusters/dev-a/resume"]);
  expect(said.at(-1)).toBe("Starting the control plane of cluster dev-a again, with all that was in it …");
});

it("asks on a connection of its own each time: one that is kept may be closed just then", async () => {
  const seen: (string | undefined)[] = [];
  server.on("request", ({ headers }) => void seen.push(headers.connection));
  await endedComponents(servers);
  expect(seen).toEqual(["close"]);
});

it("says so where nobody answers", async () => {
  const gone = createServer();
  const port = await listen(gone);
  await new Promise((resolve) => gone.close(resolve));
  await expect(endedComponents({ eksUrl: `http://127.0.0.1:${String(port)}` })).rejects.toThrow(
    /^The sandbox's EKS does not answer at http.*npm run sandbox -- down/,
  );
});

it("names the clusters that there are, those that have ended too: they are started again", async () => {
  expect(await existingClusters(servers)).toEqual(["dev-a", "prod-a"]);
});

it("asks no cluster for its summary whose API server may not answer", async () => {
  expect((await runningClusterSummaries(servers)).map(({ name }) => name)).toEqual(["prod-a"]);
});
