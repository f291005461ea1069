import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  GetObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { accessFault } from "./aws-fault";
import { type Lock, lockIn } from "./lock-info";
import { Refusal } from "./refusal";
import type { StateAddress } from "./stacks";

/** What is read of a state of Terraform's: https://developer.hashicorp.com/terraform/internals/json-format, version 4. */
const stateFile = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()).default([]) })).default([]),
});

/** Which one of a state's versions: each write of Terraform's counts its serial up, and a state that is made anew has another lineage. */
const version = z.object({ lineage: z.string(), serial: z.number() });
export type Version = z.output<typeof version>;

/** Looks at states where they lie, without Terraform, and at what lies beside them. */
export class States {
  readonly #clients = new Map<string, S3Client>();

  /** @param connection endpoint and credentials. @default what every AWS SDK takes from the environment */
  constructor(private readonly connection: Pick<S3ClientConfig, "endpoint" | "credentials"> = {}) {}

  /** Whether a stack is deployed: whether its state holds anything. A destroy leaves an empty one. */
  async isDeployed(state: StateAddress): Promise<boolean> {
    const content = await this.#content(state);
    if (content === undefined) return false;
    const { outputs, resources } = stateFile.parse(JSON.parse(content));
    return (
      Object.keys(outputs).length > 0 ||
      resources.some(({ mode, instances }) => mode === "managed" && instances.length > 0)
    );
  }

  /** A state's outputs by name, as values. @returns undefined where the stack was not deployed */
  async outputs(state: StateAddress): Promise<Readonly<Record<string, unknown>> | undefined> {
    const content = await this.#content(state);
    if (content === undefined) return undefined;
    const { outputs } = stateFile.parse(JSON.parse(content));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** @returns undefined where there is no state */
  async version(state: StateAddress): Promise<Version | undefined> {
    const content = await this.#content(state);
    return content === undefined ? undefined : version.parse(JSON.parse(content));
  }

  /** A file that lies beside the states. @returns undefined where there is none */
  async file(address: StateAddress): Promise<Buffer | undefined> {
    if (address.kind === "local") return existsSync(address.path) ? readFileSync(address.path) : undefined;
    return this.#object(address, address.key, `file ${address.key}`);
  }

  /** Names of such files in a folder. @returns none where there is no folder, or no bucket */
  async files(folder: StateAddress): Promise<string[]> {
    if (folder.kind === "local") return existsSync(folder.path) ? readdirSync(folder.path) : [];
    const { bucket, key } = folder;
    const prefix = `${key}/`;
    const names: string[] = [];
    await this.#isThere(folder, `list of files in ${key}`, async (client) => {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        names.push(...Contents.flatMap(({ Key }) => Key?.slice(prefix.length) ?? []));
      }
    });
    return names;
  }

  /** Writes such a file. In a bucket it is encrypted as the states are; in a folder nobody else of the machine may read it. */
  async store(address: StateAddress, content: Buffer): Promise<void> {
    if (address.kind === "local") {
      mkdirSync(path.dirname(address.path), { recursive: true, mode: 0o700 });
      writeFileSync(address.path, content, { mode: 0o600 });
      return;
    }
    const { bucket, key } = address;
    const isThere = await this.#isThere(address, `file ${key}`, (s3) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content })),
    );
    if (!isThere) throw new Error(`there is no bucket ${bucket}`);
  }

  /** Whether the bucket of that state is there: whether its account and region were bootstrapped. A folder always is. */
  async bucketExists(state: StateAddress): Promise<boolean> {
    if (state.kind === "local") return true;
    const { bucket } = state;
    return this.#isThere(state, `bucket ${bucket}`, (s3) => s3.send(new HeadBucketCommand({ Bucket: bucket })));
  }

  /**
   * Who holds the lock of a state in S3. A local state is locked by the operating system, which nobody but Terraform can ask:
   * its lock shows in Terraform's own error.
   */
  async lock(state: StateAddress): Promise<Lock | undefined> {
    if (state.kind === "local") return undefined;
    const content = await this.#object(state, `${state.key}.tflock`, `lock of state ${state.key}`);
    return content === undefined ? undefined : lockIn(content.toString("utf8"));
  }

  async #content(state: StateAddress): Promise<string | undefined> {
    if (state.kind === "s3") return (await this.#object(state, state.key, `state ${state.key}`))?.toString("utf8");
    return existsSync(state.path) ? readFileSync(state.path, "utf8") : undefined;
  }

  async #object(state: Extract<StateAddress, { kind: "s3" }>, key: string, what: string): Promise<Buffer | undefined> {
    let content: Buffer | undefined;
    await this.#isThere(state, what, async (s3) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: state.bucket, Key: key }));
      content = Buffer.from((await Body?.transformToByteArray()) ?? []);
    });
    return content;
  }

  async #isThere(
    { region, bucket }: Extract<StateAddress, { kind: "s3" }>,
    what: string,
    ask: (s3: S3Client) => Promise<unknown>,
  ): Promise<boolean> {
    const client = this.#clients.get(region) ?? new S3Client({ region, ...this.connection });
    this.#clients.set(region, client);
    try {
      await ask(client);
      return true;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (["NotFound", "NoSuchKey", "NoSuchBucket"].includes(name)) return false;
      const { endpoint, credentials } = this.connection;
      const connection = { region, ...(endpoint && { endpoint }), ...(credentials && { credentials }) };
      throw new Refusal([
        (await accessFault(error, connection)) ??
          `The ${what} cannot be looked at in bucket ${bucket} (${region}): ${name}: ${message}. AWS knows the credentials that this shell has; they may not see it: take those of the stack's team.`,
      ]);
    }
  }
}
