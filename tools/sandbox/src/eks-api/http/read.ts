import type { IncomingMessage } from "node:http";
import { readText } from "../../loopback/body";
import { EksError } from "./errors";
import type { Request } from "./route";

/** No request of EKS comes near. */
const MOST_BYTES = 1024 * 1024;

/**
 * The request that came in, signed for EKS in this region. The signature itself is not checked: the sandbox has no secrets.
 *
 * @throws EksError for a request that is unsigned, signed for another region, too long, or not JSON
 */
export async function readRequest(incoming: IncomingMessage, region: string): Promise<Request> {
  const { method = "GET", url = "/" } = incoming;
  const [rawPath = "/", query = ""] = url.split("?", 2);
  const accessKeyId = readAccessKey(incoming.headers.authorization, region);
  return { method, rawPath, query: new URLSearchParams(query), body: await readBody(incoming), accessKeyId };
}

/** A request's JSON; undefined when it has no body. @throws EksError for one that is too long, or not JSON */
export async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const tooLong = (message: string) => new EksError("InvalidRequestException", message);
  return parseJson(await readText(incoming, MOST_BYTES, tooLong));
}

function readAccessKey(authorization: string | undefined, region: string): string {
  const scope = /Credential=([^/,]+)\/\d+\/([^/]+)\/eks\/aws4_request/.exec(authorization ?? "");
  const [, accessKeyId, signedRegion] = scope ?? [];
  if (accessKeyId === undefined) {
    throw new EksError(
      "MissingAuthenticationTokenException",
      "The request is not signed for EKS (AWS Signature Version 4).",
    );
  }
  if (signedRegion !== region) {
    throw new EksError(
      "AccessDeniedException",
      `The sandbox's EKS API serves ${region}; the request is signed for ${signedRegion ?? ""}.`,
    );
  }
  return accessKeyId;
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new EksError("InvalidRequestException", "The request's body is not valid JSON.");
  }
}
