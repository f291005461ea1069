import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { CreateClusterCommand, DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { identityOf } from "@demarc/deploy";
import { z } from "zod";
import { eventually } from "../kubernetes/testing/eventually";
import { kubernetesVersions } from "../kubernetes/programs";
import { testPlaces } from "../kubernetes/testing/running-control-plane";
import { ACCOUNT_ID, clientOf, makeLandscape, REGION } from "./testing/landscape";
import { type LocalAws, startLocalAws } from "./testing/local-aws";
import { temporaryFolder } from "../testing/temporary-folder";

const components = z.array(z.object({ name: z.string(), running: z.boolean(), pid: z.number().optional() }));

let folder: string;
let aws: LocalAws;
let main: ChildProcess;
let url: string;
let eks: EKSClient;

beforeAll(async () => {
  folder = temporaryFolder("eks");
  aws = await startLocalAws();
  const child = spawn(process.execPath, ["--import", "tsx", path.join(__dirname, "main.ts")], {
    env: {
      PATH: process.env["PATH"],
      EKS_API_REGION: REGION,
      EKS_API_ACCOUNT_ID: ACCOUNT_ID,
      EKS_API_AWS_ENDPOINT: aws.url,
      EKS_API_CONTROL_PLANES: JSON.stringify(await testPlaces(folder)),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  main = child;
  const [said]: unknown[] = await once(child.stdout, "data");
  url = /listening on (\S+)/.exec(String(said))?.[1] ?? "";
  eks = clientOf(EKSClient, url);
});

afterAll(async () => {
  main.kill("SIGKILL");
  await aws.stop();
  eks.destroy();
});

/** What runs of the cluster's control plane. */
async function running(): Promise<{ name: string; pid?: number | undefined }[]> {
  const answer: unknown = await (await fetch(`${url}/_sandbox/control-planes`)).json();
  const { dev = [] } = z.object({ dev: components.optional() }).parse(answer);
  return dev.filter((component) => component.running);
}

async function describeDev() {
  return (await eks.send(new DescribeClusterCommand({ name: "dev" }))).cluster;
}

it("gives a cluster a control plane: started with it, started again on demand, ended with the process", async () => {
  const { subnetIds, role } = await makeLandscape(aws.url, ["cluster"]);
  const [version] = kubernetesVersions();
  const resourcesVpcConfig = { subnetIds: [...subnetIds] };
  const roleArn = role("cluster");
  const { cluster } = await eks.send(new CreateClusterCommand({ name: "dev", version, roleArn, resourcesVpcConfig }));
  expect(cluster?.status).toBe("CREATING");
  const made = await eventually(describeDev, (found) => found?.status !== "CREATING");
  expect(made).toMatchObject({ status: "ACTIVE", endpoint: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) });
  const all = await running();
  expect(all).toHaveLength(5);

  process.kill(all.find(({ name }) => name === "kube-apiserver")?.pid ?? 0, "SIGKILL");
  // What cannot do without it may end by itself.
  await eventually(running, (found) => found.every(({ name }) => name !== "kube-apiserver"));
  await fetch(`${url}/_sandbox/clusters/dev/resume`, { method: "POST" });
  const again = await running();
  expect(again.map(({ name }) => name)).toEqual(all.map(({ name }) => name));

  main.kill("SIGTERM");
  expect(await once(main, "exit")).toEqual([0, null]);
  expect(await Promise.all(again.map(({ pid = 0 }) => identityOf(pid)))).toEqual(again.map(() => undefined));
  expect(readdirSync(path.join(folder, "clusters"))).toEqual([]);
});
