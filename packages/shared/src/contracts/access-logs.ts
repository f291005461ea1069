import { defineContract, output } from "../contract";

/** Where load balancers write who asked them for what. */
export const accessLogsContract = defineContract({
  name: "accessLogs",
  version: 1,
  workspace: "infra",
  stack: "access-logs",
  scope: "environment",
  outputs: {
    bucketName: output.string("S3 bucket that Elastic Load Balancing may write access logs to, with no prefix"),
  },
});
