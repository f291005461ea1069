import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { identityOf } from "@demarc/deploy";
import path from "node:path";
import { layoutOf } from "../layout";
import { forgetTarget, writeTarget } from "../target/target-file";
import { writeRecord } from "./record";
import { serversState } from "./servers";
import { listen } from "../loopback/listening";

describe("the servers", () => {
  const layout = layoutOf(mkdtempSync(path.join(tmpdir(), "demarc-servers-")), { DEMARC_SANDBOX_HOME: "." });
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((_, answer) => answer.end("{}"));
    url = `http://127.0.0.1:${String(await listen(server))}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
    rmSync(layout.home, { recursive: true });
  });
  const kind = async () => (await serversState(layout)).kind;

  it("serve only where it is known, too, which providers and charts they were started with", async () => {
    expect(await kind()).toBe("none");
    const running = await identityOf(process.pid);
    if (running === undefined) throw new Error("this process does not run");
    const one = { process: running, url };
    writeRecord(layout.servers, {
      ...{ account: "123456789012", region: "ap-northeast-1", startedAt: new Date().toISOString() },
      ...{ judge: one, aws: one, eks: one },
    });
    expect(await kind()).toBe("broken");
    writeTarget({ standIns: [], charts: "real" }, url, layout);
    expect(await kind()).toBe("serving");
    forgetTarget(layout);
    expect(await kind()).toBe("broken");
  });

  it.each(["judge", "aws", "eks"])("are broken without %s", async (lacking) => {
    const running = await identityOf(process.pid);
    if (running === undefined) throw new Error("this process does not run");
    const one = { process: running, url };
    const all = { judge: one, aws: one, eks: one };
    const place = { account: "123456789012", region: "ap-northeast-1", startedAt: new Date().toISOString() };
    writeTarget({ standIns: [], charts: "real" }, url, layout);
    writeRecord(layout.servers, { ...place, ...all });
    expect(await kind()).toBe("serving");
    writeRecord(layout.servers, { ...place, ...all, [lacking]: { process: running } });
    expect(await kind()).toBe("broken");
    writeRecord(layout.servers, { ...place, ...all, [lacking]: { process: { ...running, started: "before" }, url } });
    expect(await kind()).toBe("broken");
  });
});
