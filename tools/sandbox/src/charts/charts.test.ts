import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { startEksApi } from "../eks-api/server";
import { memoryAccount } from "../eks-api/testing/memory-account";
import { chartArchive } from "./archive";
import { unreachable } from "./reachable";
import { CHARTS_PATH, ChartRepository, hasStandIn } from "./repository";
import { wantedCharts } from "./wanted";
import { listen } from "../loopback/listening";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(tmpdir(), "demarc-charts-"));
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

/** A chart's folder. */
function chart(name: string): string {
  const folder = path.join(scratch, name);
  mkdirSync(path.join(folder, "templates"), { recursive: true });
  writeFileSync(path.join(folder, "Chart.yaml"), `apiVersion: v2\nname: ${name}\nversion: 0.0.0\nappVersion: "1"\n`);
  writeFileSync(path.join(folder, "templates/one.yaml"), "kind: One\n");
  return folder;
}

async function filesIn(archive: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const entry of Readable.from([gunzipSync(archive)]).pipe(extract())) {
    files[entry.header.name] = await text(entry);
  }
  return files;
}

describe("a chart's archive", () => {
  it("has every file below the chart's name, in the version that is asked for", async () => {
    expect(await filesIn(await chartArchive(chart("traefik"), "9.9.9"))).toEqual({
      "traefik/Chart.yaml": 'apiVersion: v2\nname: traefik\nversion: 9.9.9\nappVersion: "1"\n',
      "traefik/templates/one.yaml": "kind: One\n",
    });
  });

  it("is the same wherever and whenever its files were written", async () => {
    const original = chart("traefik");
    const copy = path.join(scratch, "elsewhere/traefik");
    cpSync(original, copy, { recursive: true });
    utimesSync(path.join(copy, "Chart.yaml"), 1, 1);
    expect(await chartArchive(copy, "1.0.0")).toEqual(await chartArchive(original, "1.0.0"));
  });
});

describe("the charts that are wanted", () => {
  const outdir = (id: string, stack: object) => {
    const folder = path.join(scratch, id);
    const synthesizedStackPath = "stacks/dev-a-addons/cdk.tf.json";
    mkdirSync(path.join(folder, path.dirname(synthesizedStackPath)), { recursive: true });
    mkdirSync(path.join(folder, "stacks/dev-a-earlier"));
    writeFileSync(path.join(folder, "stacks/dev-a-earlier/cdk.tf.json"), "of an earlier synth");
    writeFileSync(path.join(folder, "manifest.json"), JSON.stringify({ stacks: { x: { synthesizedStackPath } } }));
    writeFileSync(path.join(folder, synthesizedStackPath), JSON.stringify(stack));
    return folder;
  };
  const installing = (releases: object) => ({ resource: { helm_release: releases } });

  it("are those that synthesized stacks take from a repository", () => {
    const dns = { chart: "external-dns", version: "1.0.0", repository: "https://charts.example.com" };
    const own = { chart: "./assets/objects" };
    const newer = { ...dns, version: "1.1.0" };
    const outdirs = [
      outdir("a", installing({ dns, own })),
      outdir("b", installing({ dns, newer })),
      path.join(scratch, "none"),
    ];
    expect(wantedCharts(outdirs)).toEqual([
      { name: "external-dns", version: "1.0.0", repository: dns.repository },
      { name: "external-dns", version: "1.1.0", repository: dns.repository },
    ]);
  });

  it("are none of a stack that has no release", () => {
    expect(wantedCharts([outdir("infra", {}), outdir("app", { resource: { aws_vpc: {} } })])).toEqual([]);
  });
});

describe("the chart repository", () => {
  const wanted = (name: string, version: string) => ({ name, version, repository: "https://charts.example.com" });

  it("lists each stand-in in the versions that are wanted, with the digest of what it serves", async () => {
    chart("traefik");
    const charts = [wanted("traefik", "1.0.0"), wanted("traefik", "2.0.0"), wanted("unheard-of", "1.0.0")];
    const repository = new ChartRepository(() => charts, scratch);
    const index: unknown = JSON.parse((await repository.file("/index.yaml"))?.content.toString() ?? "");
    const digestOf = async (file: string) => {
      const content = (await repository.file(file))?.content ?? "";
      return createHash("sha256").update(content).digest("hex");
    };
    const entry = async (version: string) => ({
      apiVersion: "v2",
      name: "traefik",
      version,
      digest: await digestOf(`/traefik-${version}.tgz`),
      urls: [`traefik-${version}.tgz`],
    });
    expect(index).toEqual({ apiVersion: "v1", entries: { traefik: [await entry("1.0.0"), await entry("2.0.0")] } });
  });

  it("serves a version as soon as a stack wants it, and no other", async () => {
    chart("traefik");
    const charts = [wanted("traefik", "1.0.0")];
    const repository = new ChartRepository(() => charts, scratch);
    expect(await repository.file("/traefik-2.0.0.tgz")).toBeUndefined();
    charts.push(wanted("traefik", "2.0.0"));
    const served = (await repository.file("/traefik-2.0.0.tgz"))?.content ?? Buffer.of();
    expect(await filesIn(served)).toHaveProperty(["traefik/Chart.yaml"], expect.stringContaining("version: 2.0.0"));
    expect(await repository.file("/../../package.json")).toBeUndefined();
  });

  it("answers at its path of the EKS API", async () => {
    chart("traefik");
    const charts = new ChartRepository(() => [wanted("traefik", "1.0.0")], scratch);
    const api = await startEksApi({
      region: "ap-northeast-1",
      accountId: "123456789012",
      awsEndpoint: "",
      account: memoryAccount(),
      charts,
    });
    try {
      const get = (file: string) => fetch(`${api.url}${CHARTS_PATH}${file}`);
      expect((await get("/index.yaml")).headers.get("content-type")).toBe("application/yaml");
      const archive = Buffer.from(await (await get("/traefik-1.0.0.tgz")).arrayBuffer());
      expect(archive).toEqual((await charts.file("/traefik-1.0.0.tgz"))?.content);
      expect((await get("/traefik-2.0.0.tgz")).status).toBe(404);
    } finally {
      await api.close();
    }
  });

  it("has a stand-in for a chart that has a folder here", () => {
    expect(hasStandIn("external-dns")).toBe(true);
    expect(hasStandIn("unheard-of")).toBe(false);
  });
});

describe("chart repositories that cannot be reached", () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      servers.splice(0).map((server) => {
        server.close();
        server.closeAllConnections();
        return once(server, "close");
      }),
    );
  });
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    return `http://127.0.0.1:${String(await listen(server))}`;
  };

  it("are those without an index, that refuse, or that do not answer in time", async () => {
    const good = await serve((asked, answer) => {
      answer.writeHead(asked.url === "/charts/index.yaml" ? 200 : 404).end();
    });
    const silent = await serve(() => undefined);
    const gone = "http://127.0.0.1:1";
    const asked = [`${good}/charts`, `${good}/charts/`, `${good}/other`, silent, gone];
    expect(await unreachable(asked, {}, 300)).toEqual([`${good}/other`, silent, gone]);
  });

  it("are asked through the proxy that Helm would take", async () => {
    const asked: string[] = [];
    const proxy = await serve(() => undefined);
    servers.at(-1)?.on("connect", (request, socket) => {
      asked.push(`${request.url ?? ""} ${request.headers["proxy-authorization"] ?? ""}`);
      socket.end(`HTTP/1.1 ${request.url === "allowed.example.com:443" ? 200 : 403} \r\n\r\n`);
    });
    const variables = { HTTPS_PROXY: proxy.replace("//", "//me:secret@"), NO_PROXY: "127.0.0.1,.internal" };
    const repositories = ["https://allowed.example.com/charts", "oci://registry.example.com/charts"];
    expect(await unreachable(repositories, variables)).toEqual(["oci://registry.example.com/charts"]);
    const login = `Basic ${Buffer.from("me:secret").toString("base64")}`;
    expect(asked.sort()).toEqual([`allowed.example.com:443 ${login}`, `registry.example.com:443 ${login}`]);
    expect(await unreachable(["http://127.0.0.1:1"], { http_proxy: proxy, ...variables })).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });
});
