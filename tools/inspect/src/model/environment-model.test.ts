import { classicSplit } from "../testing/splits";
import { objects, written } from "../testing/stacks";
import { EnvironmentModel } from "./environment-model";
import type { WrittenStack } from "./written";

const infra = { workspace: "infra", team: "infra" } as const;
const ZONE = "${data.terraform_remote_state.dns.outputs.dns_v1";

const stacks: readonly WrittenStack[] = [
  written({
    ...{ ...infra, environment: "test", name: "dns" },
    resource: {
      aws_route53_zone: { zone: { name: "test.example.com" } },
      aws_route53_record: { alias: { zone_id: "${aws_route53_zone.zone.id}" } },
    },
    output: {
      dns_v1: { domain: "${aws_route53_zone.zone.name}", zoneId: "${aws_route53_zone.zone.id}", names: ["a"] },
    },
  }),
  written({
    ...{ workspace: "petstore", team: "pets", environment: "test", name: "petstore", cluster: "a" },
    reads: { dns: "test/infra/dns.tfstate", gone: "test/infra/gone.tfstate" },
    resource: {
      kubernetes_ingress_v1: {
        ingress: {
          metadata: { name: "petstore", annotations: { some_key: "x" } },
          spec: { ingress_class_name: "alb", rule: [{ host: `pets.${ZONE}.domain}` }] },
          depends_on: ["aws_iam_role.own"],
        },
      },
      aws_iam_role: { own: { name: "own" } },
      helm_release: {
        own: objects({
          kind: "ConfigMap",
          apiVersion: "v1",
          metadata: { name: "c" },
          data: { zone: `${ZONE}.zoneId}` },
        }),
      },
    },
  }),
];

function modelOf(of: readonly WrittenStack[]): EnvironmentModel {
  const [model] = EnvironmentModel.all(of);
  if (model === undefined) throw new Error("there is no environment");
  return model;
}

const model = modelOf(stacks);
const stack = (id: string) => {
  const found = model.stacks.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};

describe("a stack", () => {
  it("is told by its tags and by where its state is filed", () => {
    expect(stack("test-a-petstore")).toMatchObject({
      ...{ environment: "test", workspace: "petstore", team: "pets", cluster: "a", name: "petstore" },
    });
    expect(stack("test-dns")).toMatchObject({ cluster: undefined, name: "dns" });
  });

  it("whose state is local is filed the same way", () => {
    const [{ id, json }] = [written({ ...infra, environment: "test", name: "cluster", cluster: "b" })] as const;
    const local = {
      ...json,
      terraform: { backend: { local: { path: "/repo/.states/test/b/infra/cluster.tfstate" } } },
    };
    expect(modelOf([{ id, json: local }]).stacks).toMatchObject([{ cluster: "b", name: "cluster" }]);
  });

  it("that no workspace wrote is refused", () => {
    expect(() => EnvironmentModel.all([{ id: "x", json: {} }])).toThrow(/^x is no stack of a workspace: /);
  });
});

describe("environments", () => {
  it("have a model each, and the account stack of their account and region", () => {
    const account = written({ ...infra, environment: "account", name: "account" });
    const elsewhere = JSON.parse(JSON.stringify(account).replaceAll("eu-west-1", "us-east-1")) as WrittenStack;
    const models = EnvironmentModel.all([
      ...classicSplit("b"),
      ...classicSplit("a"),
      account,
      { ...elsewhere, id: "far" },
    ]);
    expect(models.map(({ name }) => name)).toEqual(["a", "b"]);
    for (const each of models) {
      expect(each.stacks.filter(({ environment }) => environment === "account").map(({ id }) => id)).toEqual([
        account.id,
      ]);
    }
  });
});

describe("a value", () => {
  const known = (value: unknown, id = "test-a-petstore") => model.known(stack(id), value);

  it("is followed through contracts to what a resource is given", () => {
    expect(known(`${ZONE}.domain}`)).toBe("test.example.com");
    expect(known(`pets.${ZONE}.domain}:80`)).toBe("pets.test.example.com:80");
    expect(known(`${ZONE}.names[0]}`)).toBe("a");
    expect(known("${aws_route53_zone.zone.name}", "test-dns")).toBe("test.example.com");
  });

  it.each([
    ["AWS tells", `${ZONE}.zoneId}`],
    ["no stack publishes", `${ZONE}.nothing}`],
    ["is in a state of no stack here", "${data.terraform_remote_state.gone.outputs.x_v1.y}"],
    ["Terraform computes", `\${upper(${ZONE.slice(2)}.domain)}`],
  ])("is not known where %s it", (_, value) => {
    expect(known(value)).toBeUndefined();
    expect(known(`a ${value} ${ZONE}.domain}`)).toBeUndefined();
  });

  it("that leads back to itself is not known", () => {
    const circle = written({
      ...{ ...infra, environment: "test", name: "circle" },
      resource: { aws_vpc: { one: { name: "${aws_vpc.two.name}" }, two: { name: "${aws_vpc.one.name}" } } },
    });
    const own = modelOf([circle]);
    expect(own.stacks.map((each) => own.known(each, "${aws_vpc.one.name}"))).toEqual([undefined]);
  });

  it("tells which resources it refers to, in other stacks too, and what must be there before", () => {
    const [ingress, , release] = stack("test-a-petstore").resources;
    const referred = (value: unknown) =>
      model.referred(stack("test-a-petstore"), value).map(({ type, stack: { id } }) => `${id}: ${type}`);
    expect(referred(ingress?.arguments)).toEqual(["test-dns: aws_route53_zone", "test-a-petstore: aws_iam_role"]);
    expect(referred(release?.arguments)).toEqual(["test-dns: aws_route53_zone"]);
    expect(referred("$${aws_iam_role.own.arn}")).toEqual([]);
  });
});

describe("an object of Kubernetes", () => {
  it("is the same, whether a typed resource makes it or the objects chart", () => {
    expect(model.objects).toMatchObject([
      {
        kind: "Ingress",
        metadata: { name: "petstore", annotations: { some_key: "x" } },
        spec: { ingressClassName: "alb", rules: [{ host: `pets.${ZONE}.domain}` }] },
      },
      { kind: "ConfigMap", group: "", body: { data: { zone: `${ZONE}.zoneId}` } } },
    ]);
  });
});
