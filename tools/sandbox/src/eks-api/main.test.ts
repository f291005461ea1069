import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const OPTIONS = {
  EKS_API_REGION: "ap-northeast-1",
  EKS_API_ACCOUNT_ID: "123456789012",
  EKS_API_AWS_ENDPOINT: "http://127.0.0.1:5000",
};

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** Runs the entry, and answers what it says first on either stream. */
async function run(options: Record<string, string>): Promise<{ main: ChildProcess; said: string }> {
  const { PATH } = process.env;
  const main = spawn(process.execPath, ["--import", "tsx", join(__dirname, "main.ts")], { env: { PATH, ...options } });
  child = main;
  const said = await Promise.race([once(main.stdout, "data"), once(main.stderr, "data")]);
  return { main, said: String(said[0]) };
}

it("prints one line when it listens, and ends on SIGTERM", async () => {
  const { main, said } = await run(OPTIONS);
  const url = /^EKS API listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(said)?.[1];
  expect((await fetch(`${url ?? ""}/_sandbox/health`)).status).toBe(200);
  main.kill("SIGTERM");
  expect(await once(main, "exit")).toEqual([0, null]);
});

it("says everything that is wrong with its options, and does not start", async () => {
  const { main, said } = await run({ EKS_API_ACCOUNT_ID: "12", EKS_API_AWS_ENDPOINT: "https://ec2.amazonaws.com" });
  expect(said).toContain("3 problems");
  expect(said).toContain("EKS_API_REGION: must be a region, e.g. ap-northeast-1");
  expect(said).toContain("EKS_API_ACCOUNT_ID: must be 12 digits");
  expect(said).toContain("EKS_API_AWS_ENDPOINT: must be a URL on the loopback interface");
  expect(await once(main, "exit")).toEqual([1, null]);
});
