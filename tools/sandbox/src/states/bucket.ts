import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { CREDENTIALS, type LocalAws } from "../variables";

/** A state that stands in the bucket. */
export interface DeployedStack {
  /** Key of its object, such as dev/infra/network.tfstate. */
  readonly key: string;
  /** How many things it holds. */
  readonly resources: number;
  /** Outputs, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Records in hosted zones that it holds, as `name type`, with the set identifier of one of several. */
  readonly records: readonly string[];
}

/** A lock that somebody holds. */
export interface HeldLock {
  readonly key: string;
  readonly since: Date;
}

const state = z.object({
  resources: z.array(z.object({ mode: z.string(), type: z.string(), instances: z.array(z.unknown()) })),
  outputs: z.record(z.string(), z.object({ value: z.unknown() })),
});

const record = z.object({
  attributes: z.object({ fqdn: z.string(), type: z.string(), set_identifier: z.string().nullish() }),
});

const lock = z.object({ Created: z.iso.datetime() });

const SUFFIX = { state: ".tfstate", lock: ".tflock" } as const;

/** The bucket in the local AWS that holds all states of one account and region. */
export class StateBucket {
  readonly #s3: S3Client;

  constructor(
    private readonly name: string,
    { awsUrl, region }: Pick<LocalAws, "awsUrl" | "region">,
  ) {
    this.#s3 = new S3Client({ region, endpoint: awsUrl, credentials: CREDENTIALS });
  }

  /** Every state, the empty ones that a destroy leaves included. */
  async states(): Promise<DeployedStack[]> {
    const states = await this.#contents(SUFFIX.state);
    return states.map(({ key, content }) => {
      const { resources, outputs } = state.parse(JSON.parse(content));
      const managed = resources.filter(({ mode }) => mode === "managed");
      return {
        key,
        resources: managed.reduce((sum, { instances }) => sum + instances.length, 0),
        outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
        records: managed
          .filter(({ type }) => type === "aws_route53_record")
          .flatMap(({ instances }) => instances.map((instance) => record.parse(instance).attributes))
          .map(({ fqdn, type, set_identifier }) => [fqdn, type, set_identifier].filter(Boolean).join(" ")),
      };
    });
  }

  async locks(): Promise<HeldLock[]> {
    const locks = await this.#contents(SUFFIX.lock);
    return locks.map(({ key, content }) => ({ key, since: new Date(lock.parse(JSON.parse(content)).Created) }));
  }

  /** Takes a lock away that nobody is left to release. */
  async release({ key }: HeldLock): Promise<void> {
    await this.#s3.send(new DeleteObjectCommand({ Bucket: this.name, Key: key }));
  }

  /** Deletes the bucket with every version of every object. Where it is gone already, nothing happens. */
  async delete(): Promise<void> {
    try {
      for (let objects = await this.#versions(); objects.length > 0; objects = await this.#versions()) {
        await this.#s3.send(new DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects: objects, Quiet: true } }));
      }
      await this.#s3.send(new DeleteBucketCommand({ Bucket: this.name }));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async #keys(): Promise<string[]> {
    const keys: string[] = [];
    try {
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = await this.#s3.send(new ListObjectsV2Command({ Bucket: this.name, ContinuationToken: token }));
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        token = page.NextContinuationToken;
      }
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return keys;
  }

  /** What each object holds whose key ends so. One that goes between the list and the look at it is not there. */
  async #contents(suffix: string): Promise<{ key: string; content: string }[]> {
    const keys = (await this.#keys()).filter((key) => key.endsWith(suffix));
    const found = await Promise.all(keys.map(async (key) => ({ key, content: await this.#content(key) })));
    return found.flatMap(({ key, content }) => (content === undefined ? [] : { key, content }));
  }

  async #content(key: string): Promise<string | undefined> {
    try {
      const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      return await Body?.transformToString();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The next of them, at most a thousand, which is what one call deletes. */
  async #versions(): Promise<{ Key: string | undefined; VersionId: string | undefined }[]> {
    const page = await this.#s3.send(new ListObjectVersionsCommand({ Bucket: this.name, MaxKeys: 1000 }));
    return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({ Key, VersionId }));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NoSuchBucket", "NoSuchKey"].includes(error.name);
}
