import { z } from "zod";
import { reasonOf } from "./http/errors";
import { startEksApi } from "./server";

/** Hosts that mean this machine: the sandbox makes nothing anywhere else. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

const environment = z.object({
  EKS_API_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  EKS_API_REGION: z.string("must be a region, e.g. ap-northeast-1").min(1),
  EKS_API_ACCOUNT_ID: z.string("must be 12 digits").regex(/^\d{12}$/, "must be 12 digits"),
  EKS_API_AWS_ENDPOINT: z.url({
    protocol: /^https?$/,
    hostname: LOOPBACK,
    error: "must be a URL on the loopback interface",
  }),
});

/**
 * The EKS API as a process of its own, with the options of startEksApi in its environment. Prints one line when it listens,
 * "EKS API listening on <url>", and ends on SIGTERM or SIGINT. Exit code 1, with every reason, when it cannot start.
 */
async function main(): Promise<void> {
  // The SDK's version is pinned; which Node its later ones will need is no news to whoever runs a sandbox.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const read = environment.safeParse(process.env);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new Error(
      `the EKS API cannot start (${problems.length} problems in the environment):\n${problems.join("\n")}`,
    );
  }
  const { EKS_API_PORT: port, EKS_API_REGION: region, EKS_API_ACCOUNT_ID: accountId } = read.data;
  const api = await startEksApi({ port, region, accountId, awsEndpoint: read.data.EKS_API_AWS_ENDPOINT });
  const end = () => void api.close().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  console.log(`EKS API listening on ${api.url}`);
}

main().catch((fault: unknown) => {
  console.error(reasonOf(fault));
  process.exitCode = 1;
});
