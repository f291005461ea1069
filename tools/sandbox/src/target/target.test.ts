import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Target } from "@demarc/shared/stack";
import type { WantedChart } from "../charts/wanted";
import { layoutOf } from "../layout";
import { providersOf } from "../providers/pins";
import { standInFor } from "../providers/stand-ins";
import { checkSources, choiceLine, chooseCharts } from "./choice";
import { forgetTarget, runningTarget, writeTarget } from "./target-file";

/** No server is there. */
const GONE = "http://127.0.0.1:1";
const real: Target = { providers: {} };
const standIns = providersOf([
  { source: "kubernetes", version: "2.38.0" },
  { source: "helm", version: "3.1.1" },
]).flatMap((provider) => standInFor(provider) ?? []);
const dns: WantedChart = { name: "external-dns", version: "1.21.1", repository: GONE };
const unheard: WantedChart = { name: "unheard-of", version: "1.0.0", repository: GONE };

describe("the target of a sandbox", () => {
  const layout = layoutOf(mkdtempSync(path.join(tmpdir(), "demarc-target-")), { DEMARC_SANDBOX_HOME: "." });
  afterAll(() => {
    rmSync(layout.home, { recursive: true });
  });

  it("names the stand-ins and where their charts are served, as a synth takes it", () => {
    writeTarget({ standIns, charts: "stand-in" }, "http://127.0.0.1:4000", layout);
    const target = {
      providers: {
        kubernetes: { source: "demarc.local/sandbox/kubernetes", version: "2.38.0" },
        helm: { source: "demarc.local/sandbox/helm", version: "3.1.1" },
      },
      charts: "http://127.0.0.1:4000/_sandbox/charts",
    };
    expect(JSON.parse(readFileSync(layout.target, "utf8"))).toEqual(target);
    expect(runningTarget(layout)).toEqual(target);
  });

  it("is empty where all is real, and gone with the sandbox", () => {
    writeTarget({ standIns: [], charts: "real" }, "http://127.0.0.1:4000", layout);
    expect(runningTarget(layout)).toEqual(real);
    forgetTarget(layout);
    expect(() => runningTarget(layout)).toThrow("cannot be read");
  });
});

describe("the charts", () => {
  const choose = (options: Partial<Parameters<typeof chooseCharts>[0]>) =>
    chooseCharts({ wanted: [dns], standIns: [], inherited: {}, ...options });

  it("are real where the real Helm provider installs them and nothing is out of reach", async () => {
    expect(await choose({ wanted: [] })).toBe("real");
    expect(await choose({ wanted: [], standIns })).toBe("stand-in");
  });

  it("are stand-ins where a repository is out of reach, unless real ones are asked for", async () => {
    expect(await choose({})).toBe("stand-in");
    await expect(choose({ asked: "real" })).rejects.toThrow(
      `these chart repositories cannot be reached: ${GONE}. Make them reachable, name a mirror`,
    );
  });

  it("are stand-ins where those are asked for", async () => {
    expect(await choose({ wanted: [], asked: "stand-in" })).toBe("stand-in");
  });

  it("stay what the sandbox that runs was started with", async () => {
    expect(await choose({ running: real })).toBe("real");
    expect(await choose({ wanted: [], running: { providers: {}, charts: GONE } })).toBe("stand-in");
  });

  it("need a stand-in each where they are stand-ins", async () => {
    await expect(choose({ wanted: [dns, unheard] })).rejects.toThrow(
      /^The sandbox has no stand-in for the chart unheard-of: make .* add one as tools\/sandbox\/charts\/unheard-of\.$/,
    );
  });
});

describe("--providers", () => {
  const provider = { source: "demarc.local/sandbox/helm", version: "3.1.1" };
  const all: Target = { providers: { helm: provider, kubernetes: provider }, charts: GONE };
  const some: Target = { providers: {}, charts: GONE };

  it("may ask for what the sandbox that runs has", () => {
    expect(() => {
      checkSources(all, undefined);
      checkSources(some, undefined);
      checkSources(all, "stand-in");
      checkSources(real, "real");
    }).not.toThrow();
  });

  it.each([
    ["real", all, "stand-ins"],
    ["real", some, "stand-ins for some"],
    ["stand-in", some, "stand-ins for some"],
    ["stand-in", real, "the real ones"],
  ] as const)("may not ask for %s where it has others: %j", (asked, running, has) => {
    expect(() => checkSources(running, asked)).toThrow(`started with (${has}), and what they made`);
    expect(() => checkSources(running, asked)).toThrow("npm run sandbox -- down");
  });
});

it("tells in one line what is a stand-in, and nothing where all is real", () => {
  expect(choiceLine({ standIns, charts: "stand-in" }, [dns, unheard, dns])).toBe(
    "Stand-ins of the sandbox's own take the place of Terraform's providers kubernetes 2.38.0 and helm 3.1.1, and of the charts external-dns, unheard-of.",
  );
  expect(choiceLine({ standIns: [], charts: "stand-in" }, [dns])).toBe(
    "Stand-ins of the sandbox's own take the place of the charts external-dns.",
  );
  expect(choiceLine({ standIns: [], charts: "real" }, [dns])).toBeUndefined();
});
