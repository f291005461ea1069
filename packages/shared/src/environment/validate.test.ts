import fc from "fast-check";
import { dev } from "../testing/environments";
import { invalidOnly, placesOf, put, replaced } from "../testing/mangled";
import { InvalidInput, type EnvironmentInput, validateEnvironments } from ".";

const valid: EnvironmentInput = dev;

/** The message that validation of these files ends with. */
function complaint(files: Readonly<Record<string, unknown>>): string {
  try {
    validateEnvironments(files);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return "";
}

describe("validation of environments", () => {
  it("takes dev as it stands", () => {
    expect(validateEnvironments({ dev })).toEqual([dev]);
  });

  it("reports every problem of every environment at once, each with its path, value and rule", () => {
    const message = complaint({
      dev: { ...valid, account: "42", clusters: { a: { version: "latest", compute: { kind: "ec2" } } } },
      test: { ...valid, name: "test", domain: "localhost", exposures: [] },
    });
    expect(message).toBe(
      [
        'environment "dev" is not valid (3 problems):',
        '  account: "42" must be an AWS account id of 12 digits, as a string',
        '  clusters.a.version: "latest" must be a Kubernetes version that is known here: 1.36, 1.35, 1.34; a new one is a file in packages/shared/src/environment/kubernetes-versions',
        '  clusters.a.compute.kind: "ec2" must be one of managed-nodes, fargate, auto-mode',
        'environment "test" is not valid (2 problems):',
        '  domain: "localhost" must be a domain name such as dev.example.com',
        "  exposures: [] must name an exposure: no app could be reached",
      ].join("\n"),
    );
  });

  it("names a misspelt key and what is missing", () => {
    const { region: _, ...rest } = valid;
    const message = complaint({ dev: { ...rest, regoin: "eu-west-1" } });
    expect(message).toContain('"regoin" is not known here; remove it or correct its name');
    expect(message).toContain("region: nothing is given: must be an AWS region such as ap-northeast-1");
  });

  it("says which type it wants where a whole part is missing", () => {
    expect(complaint({ dev: { ...valid, teams: undefined } })).toContain(
      "teams: nothing is given: must be of type record",
    );
  });

  it.each(["1.31", "1.99", "1.10", "1.350", 1.35])(
    "refuses %j, which is no Kubernetes version that is known",
    (version) => {
      const clusters = { a: { ...valid.clusters.a, version } };
      expect(complaint({ dev: { ...valid, clusters } })).toMatch(
        /clusters\.a\.version: .* must be a Kubernetes version that is known here: 1\.36, 1\.35, 1\.34;/,
      );
    },
  );

  it("refuses a cluster id that would not fit into AWS's names, by that id", () => {
    const { a } = valid.clusters;
    expect(complaint({ dev: { ...valid, clusters: { Production: a } } })).toContain(
      "clusters.Production: must be a short id of at most 4 letters and digits, such as a",
    );
  });

  it.each(["us-east-1", "ap-southeast-7", "me-central-1", "il-central-1", "mx-central-1", "af-south-1", "ca-west-1"])(
    "takes %s, a region of the partition aws",
    (region) => {
      expect(complaint({ dev: { ...valid, region } })).toBe("");
    },
  );

  it.each(["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-isob-west-1"])(
    "refuses %s, where services, endpoints and images have other names",
    (region) => {
      expect(complaint({ dev: { ...valid, region } })).toBe(
        `environment "dev" is not valid (1 problem):\n  region: "${region}" is no region of AWS's partition "aws": China, GovCloud, sovereign and isolated regions name services, endpoints and images otherwise, and no stack here knows those names; take a region such as ap-northeast-1`,
      );
    },
  );

  it.each(["eu-isoe-west-1", "eusc-de-east-1", "us-isof-south-1"])("refuses %s as well", (region) => {
    expect(complaint({ dev: { ...valid, region } })).toContain('is no region of AWS\'s partition "aws"');
  });

  it("weighs clusters as Route 53 does, and leaves one that gets requests", () => {
    const clusters = (...weights: unknown[]) => ({
      ...valid,
      clusters: Object.fromEntries(
        weights.map((weight, index) => [`c${String(index)}`, { ...valid.clusters["a"], weight }]),
      ),
    });
    expect(complaint({ dev: clusters(0, 255) })).toBe("");
    expect(complaint({ dev: clusters(0, 256) })).toContain("clusters.c1.weight: 256 must be at most 255");
    expect(complaint({ dev: clusters(0, 0) })).toContain("must have a cluster whose weight is above 0");
  });

  it("weighs exposures as Route 53 does, and leaves one that gets requests", () => {
    const exposures = (...weights: unknown[]) => ({
      ...valid,
      exposures: weights.map((weight, at) =>
        at === 0
          ? { kind: "traefik", scheme: "internal", weight }
          : { kind: "api-gateway", loadBalancer: "service", weight },
      ),
    });
    expect(complaint({ dev: exposures(0, 255) })).toBe("");
    expect(complaint({ dev: exposures(undefined, 0) })).toBe("");
    expect(complaint({ dev: exposures(256, 0) })).toContain(
      "exposures.0.weight: 256 must be at most 255, says Route 53",
    );
    expect(complaint({ dev: exposures(0, 0) })).toContain("must have one whose weight is above 0: Route 53");
    expect(complaint({ dev: exposures(0) })).toContain("must have one whose weight is above 0: Route 53");
  });

  it("refuses pipelines without the ids that no other repository can have", () => {
    const pipelines = {
      kind: "github-actions" as const,
      repositoryId: "123456",
      ownerId: "example",
      subjects: "lax",
      stage: 0,
    };
    const refused = () => validateEnvironments({ dev: { ...valid, pipelines } });
    expect(refused).toThrow(/pipelines\.ownerId: .*must be an id of GitHub, digits as a string/);
    expect(refused).toThrow(/pipelines\.subjects: .*must be ids, names or both/);
    expect(refused).toThrow(/pipelines\.stage: .*must be at least 1/);
    const right = { ...pipelines, ownerId: "789", subjects: undefined, stage: 2 };
    expect(validateEnvironments({ dev: { ...valid, pipelines: right } })[0]?.pipelines?.subjects).toBe("ids");
  });

  it("refuses what is no part of a GitHub team's address", () => {
    const teams = { ...valid.teams, pets: { roles: ["team/pets"], github: "@example/pets" } };
    expect(() => validateEnvironments({ dev: { ...valid, teams } })).toThrow(
      /teams\.pets\.github: .*must be the last part/,
    );
  });

  it("refuses users in the place of roles", () => {
    const teams = { ...valid.teams, pets: { roles: ["arn:aws:iam::123456789012:user/somebody"] } };
    expect(complaint({ dev: { ...valid, teams } })).toContain("users are never mapped");
  });

  it("wants exactly one owner for infra and for k8s-platform", () => {
    const { infra, ...others } = valid.teams;
    expect(complaint({ dev: { ...valid, teams: others } })).toContain(
      '"infra" must have one owner, and no team owns it',
    );
    const twice = { infra, ...others, second: { roles: ["team/second"], owns: ["infra"] } };
    expect(complaint({ dev: { ...valid, teams: twice } })).toContain("infra and second own it");
  });

  it("refuses a team that JavaScript would look up as something else", () => {
    const teams = { ...valid.teams, constructor: { roles: ["team/constructor"] } };
    expect(complaint({ dev: { ...valid, teams } })).toContain("teams.constructor: is a word under which JavaScript");
  });

  it("lets one team own both workspaces", () => {
    const teams = { all: { roles: ["team/all"], owns: ["infra" as const, "k8s-platform" as const] } };
    expect(complaint({ dev: { ...valid, teams } })).toBe("");
  });

  it("lets traffic move between two kinds of exposure, not between one and itself", () => {
    const alb = { kind: "alb-ingress", scheme: "internal" };
    expect(complaint({ dev: { ...valid, exposures: [alb, { kind: "traefik", scheme: "internal" }] } })).toBe("");
    expect(complaint({ dev: { ...valid, exposures: [alb, alb] } })).toContain('"alb-ingress" is named twice');
  });

  it("refuses a name that another environment's glob would match", () => {
    const long = { ...valid, name: "dev-two" };
    expect(complaint({ dev: valid, "dev-two": long })).toContain(`"dev-two" begins with "dev-", so the glob 'dev-*'`);
  });

  it("refuses a name that is not its file's, and the names of what lies beside the environments", () => {
    expect(complaint({ test: valid })).toContain('name: "dev" is not the name of its file, test.ts');
    expect(complaint({ account: { ...valid, name: "account" } })).toContain('"account" is taken by the account stacks');
    expect(complaint({ plans: { ...valid, name: "plans" } })).toContain('"plans" is taken by saved plans');
    expect(complaint({ deployed: { ...valid, name: "deployed" } })).toContain("taken by the records of deploys");
  });

  it("wants environments that share an account stack to agree on what it takes from them", () => {
    const { infra, ...others } = valid.teams;
    const test = {
      ...valid,
      name: "test",
      domain: "test.example.com",
      state: { kind: "local", directory: ".state" },
      teams: { ...others, core: { roles: ["team/core"], owns: ["infra"] } },
    };
    const shared = '"dev" and "test" share an account and region, and so one account stack';
    expect(complaint({ dev: valid, test })).toBe(
      [
        "the set of environments is not valid (2 problems):",
        `  ${shared}; keep their states in the same place`,
        `  ${shared}; have the same team own infra`,
      ].join("\n"),
    );
    expect(complaint({ dev: valid, test: { ...test, region: "eu-west-1" } })).toBe("");
    expect(complaint({ dev: valid, test: { ...valid, name: "test", domain: "test.example.com" } })).toBe("");
  });

  it("refuses two environments of one domain", () => {
    expect(complaint({ dev: valid, test: { ...valid, name: "test" } })).toBe(
      'the set of environments is not valid (1 problem):\n  "dev" and "test" have one domain, dev.example.com; give each its own',
    );
  });

  it.each([`team/${"a".repeat(65)}`, `${"a".repeat(20_000)}/pets`, "/pets", "team//pets"])(
    "refuses a role that IAM cannot have",
    (role) => {
      const teams = { ...valid.teams, pets: { roles: [role] } };
      expect(complaint({ dev: { ...valid, teams } })).toContain("must be an IAM role name of at most 64 characters");
    },
  );

  it("never throws anything but InvalidInput, whatever a file exports", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true }), (anything) => {
        expect(() => validateEnvironments({ dev: anything })).toThrow(InvalidInput);
      }),
    );
  });

  it("never throws anything but InvalidInput, whatever is mangled in it", () => {
    expect(() => invalidOnly(valid, (input) => validateEnvironments({ dev: input }))).not.toThrow();
  });

  it("takes no text, and no name, in which Terraform would fill something in", () => {
    const local = { ...valid, state: { kind: "local" as const, directory: ".state" } };
    const taken = [valid, local].flatMap((input) =>
      placesOf(input).filter((place) => {
        const filledIn = replaced(input, place, (holder, key) => {
          const value: unknown = Reflect.get(holder, key);
          put(holder, key, typeof value === "string" ? `${value}\${path.cwd}` : value);
          if (typeof value === "string") return;
          put(holder, `${key}\${path.cwd}`, value);
          Reflect.deleteProperty(holder, key);
        });
        return complaint({ dev: filledIn }) === "";
      }),
    );
    expect(taken).toEqual([]);
  });

  it.each(["/var/states", "../states", "states/../../elsewhere", "a//b", ""])(
    "refuses %j as the folder of states, which lies below the repository",
    (directory) => {
      expect(complaint({ dev: { ...valid, state: { kind: "local", directory } } })).toContain(
        "must be a folder below the repository",
      );
    },
  );

  it("shows what JSON cannot write", () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const message = complaint({ dev: { ...valid, account: 12n, region: () => "eu-west-1", domain: circular } });
    expect(message).toContain("account: 12n must be an AWS account id of 12 digits");
    expect(message).toContain("region: [Function: region] must be an AWS region");
    expect(message).toContain("domain: <ref *1> [ [Circular *1] ] must be a domain name");
  });

  describe("that share an account", () => {
    const pipelines = { kind: "github-actions", repositoryId: "1", ownerId: "2" } as const;
    const test = { ...valid, name: "test", domain: "test.example.com" };

    it("must agree whether the account stack makes GitHub's identity provider", () => {
      expect(complaint({ dev: { ...valid, pipelines }, test })).toContain(
        'have both, or none, name pipelines whose identity provider is made; else say provider: "existing"',
      );
      expect(complaint({ dev: { ...valid, pipelines: { ...pipelines, provider: "existing" } }, test })).toBe("");
      expect(complaint({ dev: { ...valid, pipelines }, test: { ...test, pipelines } })).toBe("");
    });

    it("in two regions make one identity provider of GitHub, not two", () => {
      const far = { ...test, region: "eu-west-1", pipelines };
      expect(complaint({ dev: { ...valid, pipelines }, test: far })).toContain(
        '"dev" and "test" are of one account and two regions, and an account has one identity provider of GitHub',
      );
      const existing = { ...far, pipelines: { ...pipelines, provider: "existing" } };
      expect(complaint({ dev: { ...valid, pipelines }, test: existing })).toBe("");
    });
  });
});
