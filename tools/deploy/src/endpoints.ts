import { SANDBOX_VARIABLE } from "@demarc/shared/stack/target";
import { Refusal } from "./refusal";

type Variables = Readonly<Record<string, string | undefined>>;

/** Endpoints as every AWS SDK reads them, and those that Terraform's S3 backend and AWS provider still read beside them. */
const ENDPOINT = /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$|^(TF_)?AWS_(?!EC2_METADATA_SERVICE_|USE_)[A-Z0-9_]+_ENDPOINT$/;

/** AWS endpoints that the environment variables give, by name. */
export function endpointsIn(variables: Variables): [name: string, url: string][] {
  return Object.entries(variables).flatMap(([name, url]) => (ENDPOINT.test(name) && url ? [[name, url]] : []));
}

/**
 * Holds the sandbox and real AWS apart.
 * @throws Refusal where a deploy outside the sandbox would go to another endpoint than AWS's own, or one inside it would leave
 * this machine.
 */
export function checkEndpoints(variables: Variables): void {
  const endpoints = endpointsIn(variables);
  if (variables[SANDBOX_VARIABLE] !== "1") {
    if (endpoints.length === 0) return;
    const names = endpoints.map(([name, url]) => `${name}=${url}`).join(", ");
    throw new Refusal([
      `A real deploy goes to AWS's own endpoints, but the environment names others (${names}): unset them, or use npm run sandbox.`,
    ]);
  }
  if (!endpoints.some(([name]) => name === "AWS_ENDPOINT_URL")) {
    throw new Refusal([
      `The sandbox's environment lacks AWS_ENDPOINT_URL, so real AWS would be reached: take all that npm run sandbox -- env prints, or unset ${SANDBOX_VARIABLE}.`,
    ]);
  }
  checkLoopback(endpoints);
}

/** @throws Refusal that names every endpoint that is not on this machine */
export function checkLoopback(endpoints: readonly (readonly [name: string, url: string])[]): void {
  const remote = endpoints.filter(([, url]) => !isLoopback(url)).map(([name, url]) => `${name}=${url}`);
  if (remote.length === 0) return;
  throw new Refusal([
    `The sandbox runs on this machine only, but the environment names endpoints elsewhere (${remote.join(", ")}): unset them.`,
  ]);
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
