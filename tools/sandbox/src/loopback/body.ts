import type { IncomingMessage } from "node:http";

/**
 * The text of a request.
 *
 * @param mostBytes that it may have @param tooLong what to throw where it has more
 */
export function readText(
  incoming: IncomingMessage,
  mostBytes: number,
  tooLong: (message: string) => Error,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else reject(tooLong(`The request is longer than ${String(mostBytes)} bytes.`));
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    incoming.on("error", reject);
  });
}
