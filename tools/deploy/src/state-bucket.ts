import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  HeadBucketCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
  waitUntilBucketExists,
} from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { type Environment, stateBucket } from "@demarc/shared/environment";
import { checkAccount } from "./caller";
import { Refusal } from "./refusal";

/** Seconds that a new bucket may take until it is seen. */
const PATIENCE = 60;

/**
 * Makes the bucket of an account and region's states where it is not there yet, bare: all that it needs besides is the account
 * stack's, which adopts it. Safe to repeat, whenever it was killed.
 * @param connection endpoint and credentials. @default what every AWS SDK takes from the environment
 * @returns whether it was made now
 * @throws Refusal where the credentials are another account's, or the bucket is
 */
export async function ensureStateBucket(
  environment: Environment,
  connection: Pick<S3ClientConfig, "endpoint" | "credentials"> = {},
): Promise<boolean> {
  const { account, region } = environment;
  const client = { region, ...connection };
  await checkAccount({ sts: new STSClient(client) }, environment);
  const s3 = new S3Client(client);
  const bucket = { Bucket: stateBucket(environment), ExpectedBucketOwner: account };
  if (await isThere(s3, bucket, environment)) return false;
  // us-east-1 is the one region that must not be named.
  const place = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  try {
    // As an object, for the SDK's list of regions ends with those that were there when it was released.
    await s3.send(new CreateBucketCommand({ Bucket: bucket.Bucket, ...(place as object) }));
  } catch (error) {
    if (error instanceof BucketAlreadyExists) throw new Refusal([foreign(bucket.Bucket, environment)]);
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  await waitUntilBucketExists({ client: s3, maxWaitTime: PATIENCE }, bucket);
  return true;
}

async function isThere(
  s3: S3Client,
  bucket: { Bucket: string; ExpectedBucketOwner: string },
  environment: Environment,
): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand(bucket));
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    switch (error.$metadata.httpStatusCode) {
      case 404:
        return false;
      case 403:
        throw new Refusal([foreign(bucket.Bucket, environment)]);
      case 301:
        throw new Refusal([
          `The bucket ${bucket.Bucket} is in another region than ${environment.region}: it cannot hold the states of ${environment.name}.`,
        ]);
      default:
        throw error;
    }
  }
}

function foreign(bucket: string, { account }: Environment): string {
  return `The bucket ${bucket} exists and is not account ${account}'s, or the credentials that this shell has may not see it.`;
}
