import { type Build, Builds, type Purpose } from "./builds";

/** A build that ends when the test says so. */
function build(purpose: Purpose, name: string) {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let begun = false;
  const run: Build["run"] = (signal) =>
    new Promise((resolve, reject) => {
      begun = true;
      [end, fail] = [resolve, reject];
      signal.addEventListener("abort", () => {
        reject(new Error(`${name} was ended`));
      });
    });
  return {
    ...{ purpose, name, run },
    begun: () => begun,
    end: () => {
      end();
    },
    fail: (error: Error) => {
      fail(error);
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it("holds back what needs a build, and nothing else, one build after another", async () => {
  const [kubernetes, providers] = [build("control-plane", "kubernetes"), build("kubernetes-providers", "providers")];
  const builds = new Builds([kubernetes, providers]);
  expect(builds.waitsFor([])).toBeUndefined();
  expect(builds.waitsFor(["control-plane"])).toBe("Go to build kubernetes");
  expect(providers.begun()).toBe(false);

  kubernetes.end();
  await settled();
  expect(builds.waitsFor(["control-plane"])).toBeUndefined();
  expect(builds.waitsFor(["control-plane", "kubernetes-providers"])).toBe("Go to build providers");

  const said: string[] = [];
  const done = builds.done((line) => said.push(line));
  providers.end();
  await done;
  expect(said).toEqual(["Building with Go, once: providers …"]);
  expect(builds.pending).toEqual([]);
});

it("tells a build's failure to whatever waits for any", async () => {
  const [kubernetes, providers] = [build("control-plane", "kubernetes"), build("kubernetes-providers", "providers")];
  const builds = new Builds([kubernetes, providers]);
  kubernetes.fail(new Error("no room"));
  await settled();
  expect(() => builds.waitsFor(["kubernetes-providers"])).toThrow("no room");
  await expect(builds.done(() => undefined)).rejects.toThrow("no room");
  expect(providers.begun()).toBe(false);
});

it("ends what is at work and begins no more where it is stopped", async () => {
  const [kubernetes, providers] = [build("control-plane", "kubernetes"), build("kubernetes-providers", "providers")];
  const builds = new Builds([kubernetes, providers]);
  await builds.stop();
  expect(providers.begun()).toBe(false);
});
