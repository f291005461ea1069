import { DescribeClusterVersionsCommand, type DescribeClusterVersionsCommandInput } from "@aws-sdk/client-eks";
import { type Running, startInProcess } from "./testing/in-process";

let running: Running;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date("2026-12-10"), toFake: ["Date"] });
  running = await startInProcess();
});

afterEach(async () => {
  await running.stop();
  vi.useRealTimers();
});

async function versions(filter: DescribeClusterVersionsCommandInput = {}) {
  return (await running.eks.send(new DescribeClusterVersionsCommand(filter))).clusterVersions;
}

it("come newest first, one of them the default, with the end of their support", async () => {
  expect(await versions()).toMatchObject([
    { clusterVersion: "1.36", defaultVersion: false, versionStatus: "STANDARD_SUPPORT" },
    { clusterVersion: "1.35", defaultVersion: true, versionStatus: "STANDARD_SUPPORT" },
    {
      clusterVersion: "1.34",
      defaultVersion: false,
      versionStatus: "EXTENDED_SUPPORT",
      endOfStandardSupportDate: new Date("2026-12-02"),
    },
  ]);
});

it.each([
  [{ defaultOnly: true }, ["1.35"]],
  [{ clusterVersions: ["1.34", "1.35"] }, ["1.35", "1.34"]],
  [{ versionStatus: "EXTENDED_SUPPORT" as const }, ["1.34"]],
  [{ status: "extended-support" as const }, ["1.34"]],
])("are filtered: %j", async (filter, expected) => {
  expect((await versions(filter))?.map(({ clusterVersion }) => clusterVersion)).toEqual(expected);
});
