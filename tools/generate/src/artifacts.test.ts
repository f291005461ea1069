import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { defineContract, output } from "@demarc/shared/contract";
import type { Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { outdated, write } from "./artifact";
import { artifacts } from "./artifacts";
import { registry } from "./apps";
import { codeowners } from "./codeowners";
import { contractsDocument } from "./contracts";
import { index, indexes } from "./indexes";
import { ownersOf } from "./testing/code-owners";

const repository = path.resolve(__dirname, "../../..");
const REPOSITORY = "https://github.com/example/fork";
let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-generate-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A file of the made-up repository. */
function put(file: string, content = ""): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

/** An app of the made-up repository, and what it claims. */
function putApp(folder: string, demarc: object, name = folder): void {
  put(`packages/apps/${folder}/package.json`, JSON.stringify({ nx: { name }, demarc }));
}

it("everything generated in this repository is current (if not: npm run generate)", () => {
  expect(outdated(repository, artifacts(repository)).map(({ file }) => file)).toEqual([]);
});

describe("an outdated file", () => {
  it("is one that is missing or differs, until it is written", () => {
    put("docs/b.md", "# b\n");
    const wanted = [
      { file: "docs/a.md", content: "# a\n" },
      { file: "docs/b.md", content: "# b\n" },
    ];
    const stale = outdated(root, wanted);
    expect(stale).toEqual([{ file: "docs/a.md", content: "# a\n" }]);
    write(root, stale);
    expect(outdated(root, wanted)).toEqual([]);
  });
});

describe("the index of environments", () => {
  it("names each environment's file in shared and in every workspace's settings, and nothing else there", () => {
    for (const name of ["dev", "fargate-alb", "index"]) put(`packages/shared/src/environment/environments/${name}.ts`);
    for (const name of ["dev", "schema", "dev.test"]) put(`packages/apps/petstore/src/settings/${name}.ts`);
    put("packages/apps/petstore/package.json");
    const made = Object.fromEntries(indexes(root).map(({ file, content }) => [file, content]));
    expect(made["packages/shared/src/environment/environments/index.ts"]).toContain(
      'import $dev from "./dev";\nimport $fargate_alb from "./fargate-alb";\n\nexport default {\n  dev: $dev,\n  "fargate-alb": $fargate_alb,\n};',
    );
    expect(made["packages/apps/petstore/src/settings/index.ts"]).toContain(
      "export default {\n  dev: $dev,\n} satisfies Readonly<Record<EnvironmentName, unknown>>;",
    );
  });
});

/** Which file each entry of such an index is of, once TypeScript has taken it. */
function filesByName(names: readonly string[]): Record<string, string | undefined> {
  const { content } = index("packages/infra/src/settings", names);
  expect(ts.transpileModule(content, { reportDiagnostics: true }).diagnostics).toEqual([]);
  const pairs = (form: RegExp) =>
    Array.from(content.matchAll(form), ([, one = "", other = ""]) => [one, other] as const);
  const imports = new Map(pairs(/^import (\S+) from "(.+)";$/gm));
  return Object.fromEntries(pairs(/^ {2}"?(\S+?)"?: (\S+),$/gm).map(([name, as]) => [name, imports.get(as)]));
}

it("an index takes every name that an environment may have", () => {
  const words = fc.constantFrom(
    "default",
    "new",
    "class",
    "await",
    "let",
    "eval",
    "constructor",
    "a1",
    "a-1",
    "import",
  );
  const name = fc.oneof(words, fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,2}$/));
  fc.assert(
    fc.property(fc.uniqueArray(name), (names) => {
      expect(filesByName(names)).toEqual(Object.fromEntries(names.map((each) => [each, `./${each}`])));
    }),
  );
});

describe("the registry of apps", () => {
  it("has a line for each app, of what its package.json states", () => {
    putApp("shop", { team: "shop", hostnames: ["shop", "till"], databaseUser: "shop" });
    putApp("petstore", { team: "pets" });
    expect(registry(root)).toEqual({
      file: "packages/shared/src/apps/registered.ts",
      content: expect.stringContaining(
        [
          "export default [",
          '  { name: "petstore", team: "pets", hostnames: [] },',
          '  { name: "shop", team: "shop", hostnames: ["shop", "till"], databaseUser: "shop" },',
          "] satisfies",
        ].join("\n"),
      ),
    });
  });

  it("has what a target group of an app is like, the defaults written out: infra reviews what it is to make", () => {
    putApp("shop", { team: "shop", targetGroup: { port: 8080, health: { path: "/readyz" } } });
    expect(registry(root).content).toContain(
      'targetGroup: { port: 8080, health: { path: "/readyz", intervalSeconds: 30, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 5, codes: "200" }, deregistrationSeconds: 300 } },',
    );
  });

  it("has none for a stray file, or for a folder that a branch left behind", () => {
    putApp("petstore", { team: "pets" });
    put("packages/shared/src/environment/environments/dev.ts");
    put("packages/apps/.DS_Store");
    put("packages/apps/gone/cdktf.out/manifest.json");
    put("packages/apps/gone/src/settings/dev.ts");
    expect(registry(root).content.match(/name: /g)).toHaveLength(1);
    expect(indexes(root).map(({ file }) => file)).not.toContain("packages/apps/gone/src/settings/index.ts");
  });

  it("is not made where a package.json is no JSON", () => {
    putApp("petstore", { team: "pets", databaseUser: "Pets" });
    put("packages/apps/shop/package.json", "{");
    expect(() => registry(root)).toThrow(
      /petstore\/package\.json is not valid[^]*shop\/package\.json is not valid[^]*it is no JSON/,
    );
  });

  it("is not made where apps claim what they may not: all of it is said, with both places", () => {
    putApp("petstore", { team: "pets", hostnames: ["shop"] });
    putApp("shop", { team: "shop", hostnames: ["shop"], databaseUser: "postgres" });
    putApp("till", { team: "shop", hostnames: ["shop"] }, "shop");
    putApp("wishlist", { team: "shop", hostnames: ["shop"] });
    expect(() => registry(root)).toThrow(
      [
        "packages/apps/shop/package.json is not valid (1 problem):",
        '  demarc.databaseUser: "postgres" is reserved, as are public, none, postgres, administrator and all that begins with rds; take another',
        "packages/apps/till/package.json is not valid (1 problem):",
        '  nx.name: "shop" is not the name of its folder, till; make them one',
        "what the apps claim is not valid (1 problem):",
        '  host name "shop" is claimed by packages/apps/petstore/package.json (team pets) and by packages/apps/wishlist/package.json (team shop); it can be one app\'s only: take it out of one of them',
      ].join("\n"),
    );
  });

  it("is not made where an app's folder has a name that is taken", () => {
    putApp("infra", { team: "shop" });
    expect(() => registry(root)).toThrow(
      'packages/apps/infra/package.json is not valid (1 problem):\n  name: "infra" is the name of a workspace; take another',
    );
  });

  it("a target of an app's own, or a project.json: refused by generate", () => {
    putApp("petstore", { team: "pets" });
    put("packages/apps/petstore/project.json", '{"targets":{"lint":{"command":"true"}}}');
    const targets = { lint: { command: "true" } };
    put("packages/apps/shop/package.json", JSON.stringify({ nx: { name: "shop", targets }, demarc: { team: "shop" } }));
    expect(() => registry(root)).toThrow(/project\.json beside it would change the checks/);
    expect(() => registry(root)).toThrow(/shop\/package\.json is not valid[^]*nx: [^]*"targets"/);
  });
});

describe("CODEOWNERS", () => {
  const files = ["package.json", "packages/infra/a.ts", "packages/k8s-platform/a.ts", "packages/apps/petstore/a.ts"];
  const owned = (environments: readonly Environment[]) => {
    const { content } = codeowners(root, environments, REPOSITORY);
    return files.map((file) => ownersOf(content, file));
  };

  it("gives each folder to its team, and what is shared to both", () => {
    putApp("petstore", { team: "pets" });
    const both = ["@example/infra", "@example/platform"];
    expect(owned([dev])).toEqual([both, ["@example/infra"], ["@example/platform"], ["@example/pets"]]);
  });

  it("gives a workspace to all the teams that own it somewhere", () => {
    putApp("petstore", { team: "pets" });
    const ops = { roles: ["team/ops"], owns: ["infra" as const, "k8s-platform" as const] };
    const teams = { ops, pets: { roles: ["team/pets"] } };
    const [, , platform] = owned([dev, { ...dev, name: "test", teams }]);
    expect(platform).toEqual(["@example/platform", "@example/ops"]);
  });

  it("names a team as GitHub does, where that is another name", () => {
    putApp("petstore", { team: "pets" });
    const teams = { ...dev.teams, pets: { roles: ["team/pets"], github: "squad-pets" } };
    expect(owned([{ ...dev, teams }]).at(-1)).toEqual(["@example/squad-pets"]);
  });

  it("gives an app nothing of one whose name begins with its own", () => {
    putApp("pet", { team: "shop" });
    putApp("petstore", { team: "pets" });
    const { content } = codeowners(root, [dev], REPOSITORY);
    expect(ownersOf(content, "packages/apps/petstore/a.ts")).toEqual(["@example/pets"]);
    expect(ownersOf(content, "packages/apps/pet/packages/apps/petstore/a.ts")).toEqual(["@example/shop"]);
  });

  it.each(["*", "pet[store]", "!pet", "Pet", "#pet"])("has no pattern of a folder called %s", (name) => {
    putApp(name, { team: "pets" });
    expect(() => codeowners(root, [dev], REPOSITORY)).toThrow(/is not valid[^]*name: /);
  });

  it("knows no team that an environment lacks", () => {
    putApp("petstore", { team: "pets" });
    putApp("till", { team: "tills" });
    expect(() => codeowners(root, [dev], REPOSITORY)).toThrow(
      /apps\/till\/package\.json is not valid \(1 problem\):\n {2}demarc\.team: "tills" is not a team of every environment[^]*take one of .*pets/,
    );
  });
});

describe("docs/contracts.md", () => {
  it("shows owner, scope and every output of a contract with its type and description", () => {
    const contract = defineContract({
      name: "mail",
      version: 3,
      workspace: "infra",
      stack: "post",
      scope: "cluster",
      outputs: { port: output.number("TCP port of the relay") },
    });
    const { content } = contractsDocument([contract]);
    expect(content).toContain("## mail, version 3");
    expect(content).toContain("Owner: **infra**, stack `post`, one for each cluster. In the state: `mail_v3`.");
    expect(content).toContain("| `port` | number | TCP port of the relay |");
  });

  it("says where an output is, and a contract, that are not everywhere", () => {
    const presence = { where: "at sea", holds: () => true };
    const mail = { name: "mail", version: 1, workspace: "infra", stack: "post", scope: "cluster" } as const;
    const { content } = contractsDocument([
      { ...mail, outputs: { port: output.optional(presence, output.number("TCP port")) } },
      { ...mail, name: "post", presence, outputs: {} },
    ]);
    expect(content).toContain("| `port` | number | TCP port; only at sea |");
    expect(content).toContain("one for each cluster; only at sea. In the state: `post_v1`.");
  });

  it("is made of the contracts that there are", () => {
    const { content } = contractsDocument();
    for (const name of ["cluster", "data", "dns", "network", "platform"])
      expect(content).toContain(`## ${name}, version`);
    expect(readFileSync(path.join(repository, "docs/contracts.md"), "utf8")).toContain("## network");
  });
});
