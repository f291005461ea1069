import { request } from "node:http";
import { CHARTS_PATH, ChartRepository } from "../../charts/repository";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";

let running: Running;

beforeAll(async () => {
  running = await startInProcess({ charts: new ChartRepository(() => []) });
  await makeCluster(running, "dev-a");
});

afterAll(() => running.stop());

/** Headers as they are sent: a name may stand there twice. */
type Headers = readonly (readonly [name: string, value: string])[];

function ask(path: string, headers: Headers, method = "GET"): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, running.api.url),
      { method, setHost: false, headers: headers.flat() },
      (answer) => {
        let body = "";
        answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, body });
        });
      },
    );
    asked.once("error", reject);
    asked.end();
  });
}

const OWN: Headers = [["Host", "127.0.0.1:5000"]];

/** What a request of a web page shows. */
const WEB_PAGES: readonly (readonly [name: string, headers: Headers])[] = [
  ["a name that resolves to loopback (DNS rebinding)", [["Host", "attacker.example:5000"]]],
  ["a name that begins as loopback does", [["Host", "127.0.0.1.attacker.example"]]],
  ["a name that ends as loopback does", [["Host", "attacker-localhost"]]],
  ["a name below localhost", [["Host", "app.localhost:5000"]]],
  ["another loopback address", [["Host", "127.0.0.2"]]],
  ["the address in another notation", [["Host", "2130706433"]]],
  ["every address of the machine", [["Host", "0.0.0.0:5000"]]],
  ["user information before the address", [["Host", "attacker@127.0.0.1"]]],
  ["EKS itself", [["Host", "eks.ap-northeast-1.amazonaws.com"]]],
  ["no name", [["Host", ""]]],
  ["two names", [...OWN, ["Host", "attacker.example"]]],
  ["another origin", [...OWN, ["Origin", "https://attacker.example"]]],
  ["an origin without a name", [...OWN, ["Origin", "null"]]],
  ["an origin of this machine", [...OWN, ["Origin", "http://localhost:3000"]]],
  ["another site", [...OWN, ["Sec-Fetch-Site", "cross-site"]]],
  ["another port of this machine", [...OWN, ["Sec-Fetch-Site", "same-site"]]],
  ["its own page", [...OWN, ["Sec-Fetch-Site", "same-origin"]]],
];

/** All that the server answers: EKS, its own paths, token reviews, charts. */
const PATHS: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/clusters"],
  ["GET", "/_sandbox/state"],
  ["POST", "/_sandbox/clusters/dev-a/token-review"],
  ["GET", `${CHARTS_PATH}/index.yaml`],
];

describe.each(PATHS)("%s %s", (method, path) => {
  it.each(WEB_PAGES)("a web page, %s, is refused by the servers' check of Host and Origin", async (_, headers) => {
    const { status, body } = await ask(path, headers, method);
    expect(status).toBe(403);
    expect(body).toMatch(/The sandbox's EKS API answers (no web page|to 127\.0\.0\.1)/);
  });
});

it.each(["127.0.0.1", "127.0.0.1:5000", "LOCALHOST:5000", "[::1]:5000"])("answers a program at %s", async (host) => {
  expect(await ask("/_sandbox/health", [["Host", host]])).toMatchObject({ status: 200 });
});

it("answers a user who types the address", async () => {
  expect(await ask("/_sandbox/health", [...OWN, ["Sec-Fetch-Site", "none"]])).toMatchObject({ status: 200 });
});
