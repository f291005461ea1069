import { type Environment, InvalidInput } from "../environment";
import { App } from "cdktf";
import { allow } from "../iam";
import { withApps } from "../testing/apps";
import { invalidOnly } from "../testing/mangled";
import { synthesized } from "../testing/synthesized";
import { plain, registeredStorefront, storefront, type Asker } from "../testing/web-application";
import { appWorkspace } from "../workspace";
import { ApplicationStack } from "./application-stack";
import { validated } from "./validate";
import { WebApplication } from "./web-application";
import { dev, devLimiting } from "../testing";

/** All that is said against such an app. */
function problems(changes: object, asker?: Asker): string[] {
  try {
    storefront(changes, asker);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split("\n");
  }
}

describe("an app that is not valid", () => {
  it("is refused with all that is wrong, in itself and with its environment, at once", () => {
    const changes = {
      image: "registry.example.com/shop/storefront:1.4",
      port: 80,
      hostname: "shop.eu",
      database: true,
      replicas: { min: 4, max: 2 },
      resources: { requests: { cpu: "2", memory: "1Gi" }, limits: { cpu: "500m", memory: "512Mi" } },
      probes: { readiness: "readyz", liveness: "/healthz" },
    };
    expect(problems(changes, { registered: { team: "cats", databaseUser: undefined } })).toEqual([
      'app "storefront" in "dev" is not valid (9 problems):',
      expect.stringContaining(
        'team: "cats" is no team of "dev", which has infra, platform, pets, shop; name one of them',
      ),
      expect.stringContaining("database: true needs a PostgreSQL user; name one as demarc.databaseUser"),
      "  port: 80 must be 1024 to 65535: below, only root may listen",
      expect.stringContaining('hostname: "shop.eu" must be one DNS label'),
      '  replicas: {"min":4,"max":2} has a min above its max; raise max or lower min',
      '  resources.requests.cpu: "2" is above limits.cpu; raise the limit or request less',
      '  resources.requests.memory: "1Gi" is above limits.memory; raise the limit or request less',
      '  probes.readiness: "readyz" must be an HTTP path, such as /healthz',
      expect.stringContaining('image: "registry.example.com/shop/storefront:1.4" must end with its digest'),
    ]);
  });

  it.each<[string, object, string]>([
    ["an image that is no address", { image: "Shop:latest" }, 'image: "Shop:latest" must be an image'],
    ["a token", { hostname: "${TfToken[TOKEN.1]}" }, "must be one DNS label"],
    ["a port that is none", { port: 65536 }, "port: 65536 must be 1024 to 65535"],
    [
      "a quantity without its unit",
      { resources: requested("1", "512") },
      '"512" must be an amount of memory with its unit',
    ],
    ["a CPU that is none", { resources: requested("half", "1Gi") }, 'cpu: "half" must be CPUs or thousandths of one'],
    ["a limit that is none", { resources: requested("0", "1Gi") }, 'cpu: "0" must be CPUs or thousandths of one'],
    ["a folder above", { overrides: writable("/tmp/../etc") }, '"/tmp/../etc" must be a folder from the root'],
    ["a folder without a name", { overrides: writable("/tmp/_") }, '"/tmp/_" must be a folder from the root'],
    ["a folder of a long name", { overrides: writable(`/${"a".repeat(63)}`) }, "must be at most 63 characters"],
    ["the folder of a volume that there is", { overrides: writable("/database/ca") }, "as that of the database's"],
    ["a folder twice", { overrides: writable("/tmp", "/tmp") }, "names two folders whose volumes would have one name"],
    ["folders of one volume", { overrides: writable("/var/log", "/var.log") }, "whose volumes would have one name"],
    ["no resources", { resources: undefined }, "resources: nothing is given:"],
    ["one replica", { replicas: { min: 1, max: 2 } }, "replicas.min: 1 must be at least 2"],
    [
      "a pod that takes longer to stop than a node has",
      { drainSeconds: 600, stopSeconds: 291 },
      "drainSeconds: 600 gives a pod, with 10 seconds for the load balancer's controller and stopSeconds, more than 900",
    ],
    ["an unknown queue use", { queue: "peek" }, 'queue: "peek" must be send, receive or send-and-receive'],
    ["a variable that is set for it", { variables: { AWS_REGION: "x" } }, "must not begin with AWS_"],
    ["a range that is none", { connectsTo: [{ cidr: "10.0.0.0", port: 1 }] }, 'connectsTo.0.cidr: "10.0.0.0" must be'],
    [
      "an override by another name",
      { overrides: { privileged: { reason: "x" } } },
      'overrides: "privileged" is not known here',
    ],
    [
      "an override without a reason",
      { overrides: { runAsUser: { uid: 7 } } },
      "overrides.runAsUser.reason: nothing is given",
    ],
    ["a permission of another make", { permissions: ["s3:*"] }, 'permissions.0: "s3:*" must be made by allow(…).on(…)'],
    [
      "a sign-in to the database by hand, as its own user too",
      { permissions: [allow("RDS-DB:connect").on("arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:*/storefront")] },
      "asks by hand to sign in to the database; say database: true",
    ],
    ["an empty reason", { overrides: { runAsUser: { uid: 7, reason: "  " } } }, "must say why"],
    ["root", { overrides: { runAsUser: { uid: 0, reason: "because it is root" } } }, "must be a user other than root"],
    [
      "a needless exception",
      { overrides: { mutableImageTag: { reason: "there is a digest" } } },
      "is not needed, for the image has its digest; remove it",
    ],
  ])("%s is refused", (_, changes, message) => {
    expect(problems(changes)).toEqual([expect.stringContaining("(1 problem)"), expect.stringContaining(message)]);
  });

  it("may take as long to stop as a node has, and drain longer where it does not wait for that", () => {
    expect(problems({ drainSeconds: 600, stopSeconds: 290 })).toEqual([]);
    const overrides = { noPauseBeforeStop: { reason: "it goes on serving by itself" } };
    expect(problems({ drainSeconds: 3600, stopSeconds: 600, overrides })).toEqual([]);
  });

  it("has the workspace's name, or one that begins with it: names are one for the whole account", () => {
    expect(problems({}, { name: "storefront-worker" })).toEqual([]);
    for (const name of ["shop", "storefront_2", "storefront-", "storefront-of-the-whole-wide-world"])
      expect(problems({}, { name })[1]).toContain(`name: "${name}" must be "storefront" or begin with "storefront-"`);
  });
});

it("two parts of an app answer to a host name each", () => {
  const workspace = appWorkspace("storefront", { team: "shop", hostnames: ["storefront", "checkout"] });
  const build = withApps([{ ...registeredStorefront, hostnames: ["storefront", "checkout"] }], (app, environment) => {
    const stack = new ApplicationStack(app, { workspace, environment, cluster: "a" });
    new WebApplication(stack, "storefront", plain);
    new WebApplication(stack, "storefront-checkout", { ...plain, hostname: "checkout" });
    new WebApplication(stack, "storefront-two", plain);
  });
  expect(() => synthesized(build, dev)).toThrow(
    'app "storefront-two" in "dev" is not valid (1 problem):\n  hostname: "storefront" is that of "storefront" already; take another',
  );
});

it("an app is taken or refused with a sentence, whatever is mangled in it", () => {
  const app = {
    ...plain,
    variables: { LOG_LEVEL: "info" },
    permissions: [allow("s3:GetObject").on("arn:aws:s3:::shop--pictures/*")],
    connectsTo: [{ cidr: "203.0.113.0/24", port: 443 }],
    overrides: { writablePaths: { paths: ["/tmp"], megabytes: 64, reason: "it keeps a cache there" } },
  };
  const workspace = appWorkspace("storefront", { team: "shop", hostnames: ["storefront"] });
  const stack = new ApplicationStack(new App(), { workspace, environment: dev, cluster: "a" });
  expect(() => validated(stack, "storefront", app)).not.toThrow();
  invalidOnly(app, (input) => validated(stack, "storefront", input));
});

describe("the registry decides", () => {
  const wayOut =
    "in packages/apps/storefront/package.json, run npm run generate, and have the owners of packages/shared review packages/shared/src/apps/registered.ts";

  it("by which host names an app is reached", () => {
    const registered = { hostnames: ["shop", "till"] };
    for (const hostname of registered.hostnames) expect(problems({ hostname }, { registered })).toEqual([]);
    expect(problems({ hostname: "petstore" }, { registered })).toEqual([
      expect.stringContaining("(1 problem)"),
      `  hostname: "petstore" is not registered for this app (storefront has shop, till); take one that is registered, or name it as demarc.hostnames ${wayOut}`,
    ]);
    expect(problems({}, { registered: { hostnames: [] } })[1]).toContain("(storefront has none)");
  });

  it("by which one, where the app names none and has one", () => {
    const nothing: object = { hostname: undefined };
    const { json } = storefront(nothing, { registered: { hostnames: ["shop"] } });
    expect(JSON.stringify(json)).toContain('"host":"shop.${');
    for (const hostnames of [[], ["shop", "till"]]) {
      const said = problems(nothing, { registered: { hostnames } });
      expect(said).toEqual([
        expect.any(String),
        expect.stringMatching(/hostname: nothing is given \(storefront has (none|shop, till)\)/),
      ]);
    }
  });

  it("who may use the database, and as which user", () => {
    const user = (databaseUser: string) =>
      JSON.stringify(storefront({ database: true }, { registered: { databaseUser } }).statements);
    expect(user("till")).toContain("/till");
    expect(user("till")).not.toContain("/storefront");
    expect(problems({ database: true }, { registered: { databaseUser: undefined } })).toEqual([
      expect.stringContaining("(1 problem)"),
      `  database: true needs a PostgreSQL user; name one as demarc.databaseUser ${wayOut}`,
    ]);
  });
});

describe("an environment decides", () => {
  it("whether there is a database and a queue to ask for", () => {
    const without = { environment: { ...dev, data: false } };
    const said = (asked: string) => `${asked} asks for what "dev" has not, a database and a queue; do without there`;
    expect(problems({}, without)).toEqual([]);
    expect(problems({ database: true, queue: "send" }, without)).toEqual([
      'app "storefront" in "dev" is not valid (2 problems):',
      expect.stringContaining(`database: ${said("true")}`),
      expect.stringContaining(`queue: ${said('"send"')}`),
    ]);
  });

  it("what a pod may be at most, where it runs on Fargate", () => {
    const much = { cpu: "999", memory: "9Ti", ephemeralStorage: "9Ti" };
    const unlimited = devLimiting("shop", { quota: { requests: much, limits: much }, container: much });
    const on = (compute: Environment["clusters"][string]["compute"]) => ({
      environment: { ...unlimited, clusters: { a: { version: "1.35", compute } } },
    });
    const changes = {
      resources: amounts("17", "120G"),
      overrides: { writablePaths: { paths: ["/tmp", "/data"], megabytes: 10_241, reason: "it keeps a cache there" } },
    };
    expect(problems({ ...changes, resources: amounts("17", "120Gi") }, on({ kind: "fargate" }))).toEqual([
      expect.stringContaining("(3 problems)"),
      expect.stringContaining('resources.limits.cpu: "17" is more than the 16 vCPU of the largest Fargate pod'),
      expect.stringContaining('resources.limits.memory: "120Gi" and the 256Mi of Kubernetes are more than the 120 GB'),
      expect.stringContaining(
        "overrides.writablePaths: these, with logs and root file system 20610 MiB, are more than the 20 GiB of disk",
      ),
    ]);
    expect(problems(changes, on({ kind: "managed-nodes", largestPod: much }))).toEqual([]);
    expect(problems(plain, on({ kind: "fargate" }))).toEqual([]);
    const withDisk = (megabytes: number) => ({
      overrides: {
        writablePaths: { ...changes.overrides.writablePaths, megabytes },
        moreDisk: { reason: "the cache is what makes it fast" },
      },
    });
    expect(problems(withDisk(10_241), on({ kind: "fargate" }))).toEqual([]);
    expect(problems(withDisk(90_000), on({ kind: "fargate" }))).toEqual([
      expect.stringContaining("(1 problem)"),
      expect.stringContaining("180128 MiB, are more than the 175 GiB of disk that a Fargate pod has at most"),
    ]);
  });
});

function writable(...paths: readonly string[]) {
  return { writablePaths: { paths, reason: "it keeps a cache there" } };
}

function amounts(cpu: string, memory: string) {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}

function requested(cpu: string, memory: string) {
  return { requests: { cpu, memory }, limits: { cpu: "4", memory: "4Gi" } };
}
