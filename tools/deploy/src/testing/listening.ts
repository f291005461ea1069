import { once } from "node:events";
import type { Server } from "node:http";

/** Has a server listen on a free port of the loopback interface. @returns its URL */
export async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`;
}
