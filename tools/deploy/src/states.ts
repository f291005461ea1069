import { existsSync } from "node:fs";
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { type Lock, lockIn } from "./lock-info";
import { Refusal } from "./refusal";
import type { StateAddress } from "./stacks";

/** Looks at states where they lie, without Terraform. */
export class States {
  readonly #clients = new Map<string, S3Client>();

  /** @param connection endpoint and credentials. @default what every AWS SDK takes from the environment */
  constructor(private readonly connection: S3ClientConfig = {}) {}

  /** Whether a stack's state is there: whether it was deployed. */
  async exists(state: StateAddress): Promise<boolean> {
    if (state.kind === "local") return existsSync(state.path);
    const { bucket, key } = state;
    return this.#isThere(state, `state ${key}`, (s3) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
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
    const object = { Bucket: state.bucket, Key: `${state.key}.tflock` };
    let content: string | undefined;
    await this.#isThere(state, `lock of state ${state.key}`, async (s3) => {
      const { Body } = await s3.send(new GetObjectCommand(object));
      content = await Body?.transformToString();
    });
    return content === undefined ? undefined : lockIn(content);
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
      throw new Refusal([
        `The ${what} cannot be looked at in bucket ${bucket} (${region}): ${name}: ${message}. Check the AWS credentials that this shell has.`,
      ]);
    }
  }
}
