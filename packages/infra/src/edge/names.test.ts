import fc from "fast-check";
import { edgeEnvironment } from "../testing/edge";
import { edgeName, nameProblem, targetGroupName } from "./names";

const environment = edgeEnvironment();
const fixed = { port: 80 };

describe("the name of a target group", () => {
  it("can be read, where there is room for that", () => {
    expect(targetGroupName(environment, "a", "petstore", fixed)).toMatch(/^dev-a-petstore-[0-9a-f]{8}$/);
  });

  it("is one that AWS takes, whatever the environment and the host name", () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/);
    const cluster = fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/);
    fc.assert(
      fc.property(name, cluster, label, (name, cluster, hostname) => {
        expect(nameProblem(targetGroupName({ ...environment, name }, cluster, hostname, fixed))).toBeUndefined();
      }),
    );
  });

  it("is another one for each host name, also where they differ at the end alone", () => {
    const long = "a".repeat(40);
    const names = ["x", "y"].map((end) => targetGroupName(environment, "a", long + end, fixed));
    expect(new Set(names).size).toBe(2);
  });

  it("is another one with another of the arguments that AWS cannot change, and the same with the same", () => {
    const named = (port: number) => targetGroupName(environment, "a", "petstore", { port });
    expect(named(80)).toBe(named(80));
    expect(named(80)).not.toBe(named(8080));
  });
});

describe("a name that AWS would refuse", () => {
  it.each([
    ["a".repeat(33), "must be at most 32"],
    ["-edge", "none of them at its ends"],
    ["dev_edge", "letters, digits and dashes"],
    [edgeName({ name: "internal" }), 'begins with "internal-"'],
  ])("is told: %s", (name, message) => {
    expect(nameProblem(name)).toContain(message);
  });
});
