import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readText } from "../loopback/body";
import { closed, listen } from "../loopback/listening";
import { problemWithCaller } from "../loopback/callers";
import { call } from "./call";
import { Bench } from "./decide";
import { CallRecord } from "./record";
import { decideTrust, trustCall } from "./trust";

/** A call with the policies of its role and of what it acts on; AWS's longest managed policies have some 100 KB. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Where a call is judged, where a request for a session of a role is, and all that were are told. */
export const PATHS = { judge: "/judge", trust: "/trust", calls: "/calls", health: "/health" } as const;

export interface JudgeServer {
  /** e.g. http://127.0.0.1:41234 */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the judge of the local AWS on the loopback interface: its servers ask before they serve a call. Whoever asks says who
 * calls and by which policies; only programs of this machine can.
 */
export async function startJudge(): Promise<JudgeServer> {
  const bench = new Bench();
  const record = new CallRecord();
  const server = createServer((request, response) => void serve(bench, record, request, response));
  // Who asks keeps the connection: the local AWS asks thousands of times, with minutes in between.
  server.keepAliveTimeout = 0;
  const url = `http://127.0.0.1:${String(await listen(server))}`;
  return { url, close: () => closed(server) };
}

async function serve(
  bench: Bench,
  record: CallRecord,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const problem = problemWithCaller("The sandbox's judge", request);
    if (problem !== undefined) send(response, 403, { message: problem });
    else send(response, 200, await answer(bench, record, request));
  } catch (fault) {
    // What the judge cannot read is a fault of the sandbox, never a verdict.
    send(response, 400, { message: fault instanceof Error ? fault.message : String(fault) });
  }
}

async function answer(bench: Bench, record: CallRecord, request: IncomingMessage): Promise<object> {
  const asked = `${request.method ?? ""} ${request.url ?? ""}`;
  switch (asked) {
    case `GET ${PATHS.health}`:
      return { status: "ok" };
    case `GET ${PATHS.calls}`:
      return record.taken();
    case `POST ${PATHS.judge}`: {
      const given = call.parse(await read(request));
      const decision = await bench.decide(given);
      await record.add(given, decision);
      return decision;
    }
    case `POST ${PATHS.trust}`: {
      const given = trustCall.parse(await read(request));
      const decision = decideTrust(given);
      await record.addTrust(given, decision);
      return decision;
    }
    default:
      throw new Error(`The sandbox's judge has nothing at ${asked}.`);
  }
}

async function read(request: IncomingMessage): Promise<unknown> {
  return JSON.parse(await readText(request, MOST_BYTES, (message) => new Error(message)));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
