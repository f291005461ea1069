import type { IncomingMessage, ServerResponse } from "node:http";
import { CHARTS_PATH, type ChartRepository } from "./repository";

/** Answers a request for a file of the chart repository. @returns whether it was one */
export async function serveChart(
  repository: ChartRepository,
  { url = "" }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const [asked = ""] = url.split("?");
  if (!asked.startsWith(`${CHARTS_PATH}/`)) return false;
  const file = await repository.file(asked.slice(CHARTS_PATH.length));
  if (file === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such chart, or no stack wants it.\n");
  } else {
    response.writeHead(200, { "content-type": file.type }).end(file.content);
  }
  return true;
}
