import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ChartRepository } from "../charts/repository";
import { serveChart } from "../charts/serve";
import type { MakeActor } from "../controllers/actor";
import { Controllers } from "../controllers/controllers";
import { closed, listen } from "../loopback/listening";
import { type Account, openAccount } from "./account/account";
import { authorize } from "./authorization/authorize";
import { TokenReviews } from "./authentication/review";
import type { Context } from "./context";
import { absentControlPlane, type ControlPlane } from "./control-plane";
import { refuseWebPages } from "./http/callers";
import { EksError, reasonOf } from "./http/errors";
import { encodeJson } from "./http/json";
import { readRequest } from "./http/read";
import { matchRoute } from "./http/route";
import { answerOwnPath } from "./own-paths";
import { ROUTES } from "./routes";
import { Store } from "./store";

export interface EksApiOptions {
  /** Port on 127.0.0.1. @default 0, a free one */
  readonly port?: number;
  /** The one region that is served; a request signed for another is refused. */
  readonly region: string;
  /** 12 digits: the account that all ARNs are of. */
  readonly accountId: string;
  /** URL of the local AWS, where EKS looks subnets and roles up and makes security groups and Auto Scaling groups. */
  readonly awsEndpoint: string;
  /** URL of the judge that is asked before a call is served. @default nobody is asked */
  readonly judgeUrl?: string;
  /** An account other than the one at `awsEndpoint`: fast tests bring one from memory. */
  readonly account?: Account;
  /** Makes what runs behind each cluster, given this API's URL. @default absentControlPlane, nothing */
  readonly controlPlane?: (url: string) => ControlPlane;
  /** What acts in each cluster. @default nothing */
  readonly actors?: readonly MakeActor[];
  /** Charts that are served beside the API. @default none */
  readonly charts?: ChartRepository;
  /** Changes the JSON of a successful answer before it is sent: tests leave fields out with it. */
  readonly transformResponse?: (operation: string, answer: unknown) => unknown;
}

export interface EksApi {
  /** e.g. http://127.0.0.1:41234, for AWS_ENDPOINT_URL_EKS. */
  readonly url: string;
  /** Stops the control planes and the server. What EKS made in the local AWS stays there. */
  close(): Promise<void>;
}

/**
 * Starts an EKS control plane API on the loopback interface: what Terraform's AWS provider (5.100) and `aws eks` ask of EKS,
 * from memory. What the sandbox asks of it besides: own-paths.ts.
 *
 * @throws Error when the port is taken
 */
export async function startEksApi(options: EksApiOptions): Promise<EksApi> {
  const { region, accountId, awsEndpoint, actors = [] } = options;
  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const controlPlane = options.controlPlane?.(url) ?? absentControlPlane;
  const account = options.account ?? openAccount(awsEndpoint, region, accountId);
  const store = new Store();
  const pending = new Set<Promise<void>>();
  const context: Context = {
    region,
    accountId,
    store,
    tokenReviews: new TokenReviews({ region, store, account }, awsEndpoint, log),
    account,
    controlPlane,
    controllers: new Controllers({ region, accountId, awsEndpoint, account, controlPlane, actors }),
    inBackground: (work) => {
      const running = work().finally(() => pending.delete(running));
      pending.add(running);
    },
  };
  server.on("request", (request, response) => void serve(context, options, request, response));
  const close = async () => {
    await closed(server);
    await Promise.all(pending);
    await Promise.all(
      context.store.clusters.names().map(async (name) => {
        await context.controllers.stop(name);
        await controlPlane.stop(name);
      }),
    );
  };
  return { url, close };
}

async function serve(
  context: Context,
  { charts, judgeUrl, awsEndpoint, transformResponse = (_, answer) => answer }: EksApiOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    refuseWebPages(incoming);
    if (charts !== undefined && (await serveChart(charts, incoming, response))) return;
    const own = await answerOwnPath(context, incoming);
    if (own) {
      send(response, 200, own);
      return;
    }
    const request = await readRequest(incoming, context.region);
    const match = matchRoute(ROUTES, request);
    if (!match) {
      const asked = `${request.method} ${request.rawPath}`;
      throw new EksError("NotImplementedException", `The sandbox's EKS API has no operation ${asked}.`);
    }
    const { operation } = match.route;
    if (judgeUrl !== undefined)
      await authorize({ judge: judgeUrl, aws: awsEndpoint }, context, operation, request, match.parameters);
    const answer: unknown = await match.route.answer(context, request, match.parameters);
    send(response, 200, transformResponse(operation, JSON.parse(encodeJson(answer))));
  } catch (fault) {
    sendFault(response, fault);
  }
}

/** stdout is for the one line that tells the URL; the log has both. */
function log(line: string): void {
  console.error(`${new Date().toISOString()} ${line}`);
}

/** Whatever fails here fails again, so it is no 5xx: callers would repeat the request for minutes. */
function sendFault(response: ServerResponse, fault: unknown): void {
  const known = fault instanceof EksError;
  const { type, status, message } = known
    ? fault
    : new EksError("InvalidRequestException", `The sandbox's EKS API failed: ${reasonOf(fault)}`);
  if (!known) console.error(fault);
  response.setHeader("x-amzn-ErrorType", type);
  send(response, status, { __type: type, message });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(encodeJson(body));
}
