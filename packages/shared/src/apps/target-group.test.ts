import { InvalidInput, parse } from "../environment";
import { appStatement } from "./statement";
import { targetGroupOf } from "./target-group";

const stated = (targetGroup: unknown) => parse("package.json", appStatement, { team: "shop", targetGroup });

describe("what a target group of an app is like", () => {
  it("is what the least statement gets, where an app says nothing of it", () => {
    expect(targetGroupOf(parse("package.json", appStatement, { team: "shop" }))).toEqual({
      port: 80,
      health: {
        path: "/index.html",
        intervalSeconds: 30,
        timeoutSeconds: 5,
        healthyThreshold: 5,
        unhealthyThreshold: 5,
        codes: "200",
      },
      deregistrationSeconds: 300,
    });
  });

  it("is what the app says, and the rest as where it says nothing", () => {
    const { health, port } = targetGroupOf(
      stated({ port: 8080, health: { path: "/readyz?deep=1", codes: "200-299,302" } }),
    );
    expect(port).toBe(8080);
    expect(health).toMatchObject({ path: "/readyz?deep=1", codes: "200-299,302", intervalSeconds: 30 });
  });

  it.each<[string, unknown, string]>([
    ["a port that is none", { port: 0 }, "port: 0 must be 1 to 65535"],
    ["a path without its slash", { health: { path: "healthz" } }, 'health.path: "healthz" must be an HTTP path'],
    ["a path that would end the text of a policy", { health: { path: '/"' } }, "must be an HTTP path"],
    ["an interval out of range", { health: { intervalSeconds: 4 } }, "must be 5 to 300 seconds, says Elastic Load"],
    ["a threshold out of range", { health: { healthyThreshold: 1 } }, "must be 2 to 10 answers"],
    ["codes of a failure", { health: { codes: "500" } }, 'must be HTTP codes of 200 to 499, as "200"'],
    ["codes that are no list", { health: { codes: "200;201" } }, "must be HTTP codes"],
    ["a drain that is too long", { deregistrationSeconds: 3601 }, "must be 0 to 3600 seconds"],
    [
      "an answer that may take as long as the interval",
      { health: { intervalSeconds: 5 } },
      "health.timeoutSeconds: nothing is given: must be less than intervalSeconds",
    ],
    ["what is not known", { protocol: "HTTPS" }, '"protocol" is not known here'],
  ])("is not taken with %s", (_, targetGroup, message) => {
    expect(() => stated(targetGroup)).toThrow(InvalidInput);
    expect(() => stated(targetGroup)).toThrow(message);
  });
});
