import fc from "fast-check";
import type { Environment } from "../environment";
import { dev, synthesized } from "../testing";
import { infra, k8sPlatform } from "../workspace";
import { type Build, WorkspaceStack } from "../stack";
import {
  consume,
  defineContract,
  outputName,
  output,
  publish,
  onCompute,
  terraformBoolean,
  terraformNumber,
  type Contract,
  withData,
} from ".";
import { TerraformOutput } from "cdktf";

const queue = defineContract({
  name: "queue",
  version: 2,
  workspace: "infra",
  stack: "data",
  scope: "environment",
  outputs: {
    url: output.string("where to send"),
    zones: output.strings("where it is"),
    owners: output.map("whose it is"),
    port: output.number("TCP port"),
    fifo: output.boolean("whether it keeps order"),
  },
});
const values = { url: "https://q", zones: ["1a", "1c"], owners: { a: "pets" }, port: 5432, fifo: true };
const data = (...[app, environment]: Parameters<Build>) =>
  new WorkspaceStack(app, { workspace: infra, stack: "data", environment });
const reader = (...[app, environment]: Parameters<Build>) =>
  new WorkspaceStack(app, { workspace: k8sPlatform, stack: "addons", environment, cluster: "a" });

describe("publish", () => {
  it("puts a version into one output, whole", () => {
    const stacks = synthesized((app, environment) => publish(data(app, environment), queue, values), dev);
    expect(stacks["dev-data"]?.outputs).toEqual({ queue_v2: values });
  });

  it("serves two versions side by side while consumers move", () => {
    const first = defineContract({ ...queue, version: 1, outputs: { address: output.string("where to send") } });
    const stacks = synthesized((app, environment) => {
      const stack = data(app, environment);
      publish(stack, queue, values);
      publish(stack, first, { address: "https://q" });
    }, dev);
    expect(stacks["dev-data"]?.outputs).toEqual({ queue_v1: { address: "https://q" }, queue_v2: values });
  });

  it("refuses any stack but the contract's own, and the same version twice", () => {
    expect(() => synthesized((app, environment) => publish(reader(app, environment), queue, values), dev)).toThrow(
      'dev-a-addons publishes contract "queue", which belongs to stack "data" of infra; publish it there',
    );
    expect(() =>
      synthesized((app, environment) => {
        const stack = data(app, environment);
        publish(stack, queue, values);
        publish(stack, queue, values);
      }, dev),
    ).toThrow('dev-data publishes contract "queue" version 2 twice; remove one');
  });
});

/** What a consumer's stack makes of the contract. */
function consumer(contract: Contract, environment = dev) {
  const stacks = synthesized((app, environment) => void consume(reader(app, environment), contract), environment);
  const states = stacks["dev-a-addons"]?.json["data"] as Record<string, Record<string, Record<string, unknown>>>;
  return states["terraform_remote_state"];
}

describe("consume", () => {
  it("reads the producer's state from where the producer keeps it", () => {
    expect(consumer(queue)?.["infra-queue-v2"]).toMatchObject({
      backend: "s3",
      config: {
        bucket: "demarc-state-123456789012-ap-northeast-1",
        key: "dev/infra/data.tfstate",
        region: "ap-northeast-1",
      },
    });
    expect(consumer({ ...queue, stack: "cluster", scope: "cluster" })?.["infra-queue-v2"]).toMatchObject({
      config: { key: "dev/a/infra/cluster.tfstate" },
    });
  });

  it("reads a local state by a path that holds wherever Terraform runs", () => {
    const local = { ...dev, state: { kind: "local" as const, directory: ".state" } };
    const { path } = (consumer(queue, local)?.["infra-queue-v2"]?.["config"] ?? {}) as { path: string };
    expect(path).toMatch(/^\/.*\/\.state\/dev\/infra\/data\.tfstate$/);
  });

  it("makes the plan fail unless this version is served whole", () => {
    const [check] = (
      consumer(queue)?.["infra-queue-v2"] as {
        lifecycle: { postcondition: { condition: string; error_message: string }[] };
      }
    ).lifecycle.postcondition;
    expect(check?.condition).toContain("can(self.outputs.queue_v2)");
    for (const key of Object.keys(queue.outputs)) expect(check?.condition).toContain(`"${key}"`);
    expect(check?.error_message).toContain("npx nx deploy infra --configuration=dev");
  });

  it("gives each output as the type that it has, to a resource's argument too", () => {
    const stacks = synthesized((app, environment) => {
      const stack = reader(app, environment);
      const { url, zones, owners, port, fifo } = consume(stack, queue);
      const seen = { url, zones, owners, port: terraformNumber(port), fifo: terraformBoolean(fifo) };
      new TerraformOutput(stack, "seen", { value: seen, staticId: true });
    }, dev);
    const from = (key: string) => `\${data.terraform_remote_state.infra-queue-v2.outputs.queue_v2.${key}}`;
    expect(stacks["dev-a-addons"]?.outputs).toEqual({
      seen: { url: from("url"), zones: from("zones"), owners: from("owners"), port: from("port"), fifo: from("fifo") },
    });
  });

  it("reads a state once, however often it is asked", () => {
    const stacks = synthesized((app, environment) => {
      const stack = reader(app, environment);
      consume(stack, queue);
      consume(stack, queue);
    }, dev);
    expect(Object.keys(stacks)).toEqual(["dev-a-addons"]);
  });

  it("refuses a cluster's contract to a stack of no cluster", () => {
    const cluster = defineContract({ ...queue, scope: "cluster" });
    expect(() => synthesized((app, environment) => void consume(data(app, environment), cluster), dev)).toThrow(
      'dev-data consumes contract "queue", of which each cluster has one, and is a stack of no cluster; give it one',
    );
  });
});

describe("an output that is not everywhere", () => {
  const without = { ...dev, data: false };
  const partly = defineContract({
    ...queue,
    outputs: { url: output.string("where to send"), key: output.optional(withData, output.string("how to open")) },
  });
  const published = (environment: Environment, given: string | undefined) =>
    synthesized((app, of) => publish(data(app, of), partly, { url: "https://q", key: given }), environment);

  it("is published and read where it is", () => {
    expect(published(dev, "k")["dev-data"]?.outputs).toEqual({ queue_v2: { url: "https://q", key: "k" } });
    expect(JSON.stringify(consumer(partly))).toContain('setsubtract([\\"url\\", \\"key\\"]');
  });

  it("is undefined to whoever reads it elsewhere, and nobody waits for it", () => {
    const read: unknown[] = [];
    synthesized((app, environment) => {
      read.push(consume(reader(app, environment), partly).key);
    }, without);
    expect(read).toEqual([undefined]);
    expect(published(without, undefined)["dev-data"]?.outputs).toEqual({ queue_v2: { url: "https://q" } });
    expect(JSON.stringify(consumer(partly, without))).toContain('setsubtract([\\"url\\"],');
  });

  it("is neither forgotten where it is, nor given where it is not", () => {
    expect(() => published(dev, undefined)).toThrow(
      'dev-data publishes contract "queue" without "key", which there is in environments with data',
    );
    expect(() => published(without, "k")).toThrow(
      'dev-data publishes contract "queue" with "key", which there is in environments with data',
    );
  });

  it("may be all of a contract, which nobody then reads or publishes elsewhere", () => {
    const whole = defineContract({ ...queue, presence: withData });
    expect(() => consumer(whole)).not.toThrow();
    expect(() => consumer(whole, without)).toThrow(
      'dev-a-addons consumes contract "queue", which there is in environments with data alone',
    );
    const publishing = () => synthesized((app, of) => publish(data(app, of), whole, values), without);
    expect(publishing).toThrow('dev-data publishes contract "queue", which there is in environments with data alone');
  });

  it("may hang from a cluster's kind of compute", () => {
    const { holds } = onCompute("fargate", "auto-mode");
    const clusters = {
      a: { version: "1.35", compute: { kind: "managed-nodes" as const } },
      b: { version: "1.35", compute: { kind: "fargate" as const } },
    };
    expect(["a", "b", undefined].map((cluster) => holds({ ...dev, clusters }, cluster))).toEqual([false, true, false]);
  });
});

describe("outputName", () => {
  it("tells every two versions of every two contracts apart", () => {
    const contract = fc.record({ name: fc.stringMatching(/^[a-z]{1,5}$/), version: fc.integer({ min: 1, max: 99 }) });
    fc.assert(
      fc.property(contract, contract, (one, other) => {
        const same = one.name === other.name && one.version === other.version;
        expect(outputName(one) === outputName(other)).toBe(same);
      }),
    );
  });
});
