import { request } from "node:https";

/** Whether an API server is ready to serve. Everybody may ask it that. */
export function isReady(endpoint: string, certificateAuthority: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(`${endpoint}/readyz`, { ca: certificateAuthority, agent: false, timeout: 5_000 });
    asked.once("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => {
      resolve(false);
    });
    asked.end();
  });
}
