import { allow } from "../../iam";
import { type AccessByType, here } from "./access";
import { bucketAccess } from "./buckets";

const buckets = here("s3", "<environment>-access-logs-*");
const ofBuckets = bucketAccess(buckets);

/** The buckets that load balancers write their access logs to. The bucket of all states is no deploy's (account). */
export const accessLogs: AccessByType = {
  ...ofBuckets,
  aws_s3_bucket: [
    ...(ofBuckets["aws_s3_bucket"] ?? []),
    // A destroy takes the logs with the bucket, where the settings do not keep them.
    allow("s3:ListBucketVersions", "s3:CreateBucket", "s3:DeleteBucket").on(buckets),
    allow("s3:DeleteObject", "s3:DeleteObjectVersion").on(`${buckets}/*`),
  ],
};
