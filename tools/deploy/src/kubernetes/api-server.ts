import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { z } from "zod";

/** How to reach an API server as somebody. */
export interface Connection {
  /** https URL. */
  readonly endpoint: string;
  /** PEM certificate that signs the endpoint's own. */
  readonly certificateAuthority: string;
  /** Bearer token: a fixed one, or where it expires whatever gives the current one. */
  readonly token: string | (() => Promise<string>);
}

/** A refusal of the API server. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** Of HTTP. */
    readonly status: number,
    /** In Kubernetes' words: NotFound, AlreadyExists, Conflict, Expired. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** An answer, or undefined where the API server has no such object. @throws ApiError where it refuses for another reason */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof ApiError && fault.status === 404) return undefined;
    throw fault;
  }
}

export interface Ask {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Of the body. @default application/json */
  readonly contentType?: string;
  /** Form of the answer, which is JSON. @default application/json */
  readonly accept?: string;
}

/** Milliseconds until a request without an answer fails; a watch has none. */
const PATIENCE = 15_000;

const refusal = z.object({ reason: z.string().default(""), message: z.string().default("") });

/**
 * One API server over HTTPS, JSON as it is. The official client is not used: it costs 2 s and 220 MB to load, and
 * turns every object into a class of its own first.
 */
export class ApiServer {
  readonly #agent: Agent;
  readonly #closed = new AbortController();

  constructor(private readonly connection: Connection) {
    this.#agent = new Agent({ keepAlive: true, ca: connection.certificateAuthority });
  }

  /**
   * The answer's JSON.
   *
   * @throws ApiError where the API server refuses
   */
  async ask(path: string, asked: Ask = {}): Promise<unknown> {
    const response = await this.#send(
      path,
      asked,
      AbortSignal.any([this.#closed.signal, AbortSignal.timeout(PATIENCE)]),
    );
    return JSON.parse(await textOf(response));
  }

  /** Lines of an answer that goes on until the server, or the signal, ends it. */
  async *lines(path: string, query: Ask["query"] & object, signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#send(path, { query }, AbortSignal.any([this.#closed.signal, signal]));
    response.socket.setKeepAlive(true, 10_000);
    yield* createInterface({ input: response, crlfDelay: Infinity });
  }

  /** Ends all requests that are under way. */
  close(): void {
    this.#closed.abort(new Error("the connection to the API server was closed"));
    this.#agent.destroy();
  }

  async #send(path: string, asked: Ask, signal: AbortSignal): Promise<IncomingMessage> {
    const { method = "GET", query = {}, body, contentType = "application/json", accept = "application/json" } = asked;
    const { token } = this.connection;
    const url = new URL(path, this.connection.endpoint);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers = {
      accept,
      authorization: `Bearer ${typeof token === "string" ? token : await token()}`,
      ...(body === undefined ? {} : { "content-type": contentType }),
      // Node gives a DELETE none by itself; its body would then be read as the next request.
      "content-length": Buffer.byteLength(text),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(url, { method, headers, agent: this.#agent, signal }, resolve);
      outgoing.once("error", reject);
      outgoing.end(text);
    });
    const { statusCode = 0 } = response;
    if (statusCode < 400) return response;
    throw errorOf(statusCode, `${method} ${path}`, await textOf(response));
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  response.setEncoding("utf8");
  for await (const chunk of response) text += String(chunk);
  return text;
}

function errorOf(status: number, asked: string, text: string): ApiError {
  try {
    const { reason, message } = refusal.parse(JSON.parse(text));
    return new ApiError(status, reason, message || `${asked}: ${status}`);
  } catch {
    return new ApiError(status, "", `${asked}: ${status} ${text.trim()}`);
  }
}
