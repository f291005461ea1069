import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { TLSSocket } from "node:tls";
import { Authority } from "../../kubernetes/authority";
import { closed, listen } from "../../loopback/listening";
import { answerMetrics, type Answer, type Measured, statusObject } from "./metrics-api";

/** By whom an API server lets itself be known when it asks for somebody. */
export interface FrontProxy {
  /** PEM certificate that signs the one it shows. */
  readonly certificateAuthority: string;
  /** Common names that such a certificate may have; any when there are none. */
  readonly names: readonly string[];
}

/** The metrics API over TLS on the loopback interface, for the API server alone: that has checked who asks, and for what. */
export class MetricsApiServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(frontProxy: FrontProxy, measure: () => Measured): Promise<MetricsApiServer> {
    const authority = await Authority.create("metrics-server");
    const { certificate: cert, key } = await authority.issue("metrics-server", ["localhost"]);
    const tls = { cert, key, ca: frontProxy.certificateAuthority, requestCert: true, rejectUnauthorized: false };
    const server = createServer(tls, (request, response) => {
      send(response, answer(request, frontProxy, measure));
    });
    return new MetricsApiServer(server, await listen(server));
  }

  stop(): Promise<void> {
    return closed(this.server);
  }
}

function answer(
  { socket, method, url = "/" }: IncomingMessage,
  frontProxy: FrontProxy,
  measure: () => Measured,
): Answer {
  if (!isFrontProxy(socket, frontProxy)) {
    return { status: 401, body: statusObject(401, "Unauthorized", "only the API server may ask") };
  }
  if (method !== "GET") {
    const message = `the server does not allow ${method ?? "this method"} on the requested resource`;
    return { status: 405, body: statusObject(405, "MethodNotAllowed", message) };
  }
  return answerMetrics(url, measure());
}

function isFrontProxy(socket: IncomingMessage["socket"], { names }: FrontProxy): boolean {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return false;
  const { CN } = socket.getPeerCertificate().subject;
  return names.length === 0 || [CN ?? ""].flat().some((name) => names.includes(name));
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
