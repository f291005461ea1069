import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Fn, Token } from "cdktf";
import { consume } from "@demarc/shared/contract";
import { platformContract } from "@demarc/shared/contracts";
import { Objects } from "@demarc/shared/kubernetes";
import { type Build, KubernetesStack, synthesizeInto } from "@demarc/shared/stack";
import { dev } from "@demarc/shared/testing";
import { k8sPlatform } from "@demarc/shared/workspace";
import { type DeployableStack, synthesizedStacks } from "../stacks";
import { Bucket } from "../testing/bucket";
import { declaredReleases } from "./declared";

const CLUSTER = { name: "blue", endpoint: "https://127.0.0.1:6443", certificateAuthority: btoa("a certificate") };
const PLATFORM = { namespaces: { pets: "pets-space", "pets-b": "other-space" } };

const stateOf = (name: string, value: object) => JSON.stringify({ version: 4, outputs: { [name]: { value } } });
const STATES = {
  "dev/a/infra/cluster.tfstate": stateOf("cluster_v1", CLUSTER),
  "dev/a/k8s-platform/tenancy.tfstate": stateOf("platform_v2", PLATFORM),
};

/** A stack with a release in each of these teams' namespaces, which another stack's contract names. */
function stackFor(...teams: readonly string[]): DeployableStack {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-declared-"));
  const build: Build = (app, environment) => {
    const stack = new KubernetesStack(app, { workspace: k8sPlatform, environment, stack: "objects", cluster: "a" });
    const { namespaces } = consume(stack, platformContract);
    for (const team of teams) {
      const namespace = Token.asString(Fn.lookup(namespaces, team));
      new Objects(stack, team, { name: `of-${team}`, namespace, objects: [] });
    }
  };
  synthesizeInto(build, [dev], { outdir });
  const [stack] = synthesizedStacks(outdir);
  if (stack === undefined) throw new Error("no stack");
  return stack;
}

async function declaredWith(objects: Readonly<Record<string, string>>, stack: DeployableStack) {
  const bucket = await new Bucket(objects).open();
  try {
    return await declaredReleases(stack, bucket.states);
  } finally {
    bucket.close();
  }
}

it("reads releases and the way to the cluster as Terraform does: with what contracts say put in", async () => {
  const { region } = dev;
  expect(await declaredWith(STATES, stackFor("pets", "pets-b"))).toEqual({
    releases: [
      { name: "of-pets-b", namespace: "other-space" },
      { name: "of-pets", namespace: "pets-space" },
    ],
    connection: {
      host: CLUSTER.endpoint,
      certificateAuthority: "a certificate",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "blue", "--region", region, "--output", "json"],
    },
  });
});

it("has nothing to say of a stack without releases, and of one whose cluster is not deployed", async () => {
  expect(await declaredWith(STATES, stackFor())).toBeUndefined();
  expect(await declaredWith({}, stackFor("pets"))).toBeUndefined();
  const destroyed = { ...STATES, "dev/a/infra/cluster.tfstate": JSON.stringify({ version: 4, outputs: {} }) };
  expect(await declaredWith(destroyed, stackFor("pets"))).toBeUndefined();
});

it("refuses what refers to more than contracts", async () => {
  const stack = stackFor("pets");
  const release = { of: { name: "x", namespace: "${var.namespace}" } };
  const file = path.join(stack.directory, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...json, resource: { helm_release: release } }));
  await expect(declaredWith(STATES, stack)).rejects.toThrow("${var.namespace} refers to more than contracts");
});
