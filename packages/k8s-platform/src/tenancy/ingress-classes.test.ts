import type { Environment } from "@demarc/shared/environment";
import { addonsStack, dev, devOn, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";
import { settingsOf } from "../settings/resolve";
import type { K8sPlatformSettingsInput } from "../settings/schema";

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly group?: { readonly name: string } };
}

/** Objects of the ingress classes, by kind and name. */
function classes(...args: Parameters<typeof tenancyStack>): Record<string, Manifest> {
  const [values] = valuesOf(releaseNamed(tenancyStack(...args), "ingress-classes"));
  const { objects } = values as { objects: readonly Manifest[] };
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

const share = (...shared: unknown[]) => ({ tenancy: { loadBalancers: { shared } } }) as K8sPlatformSettingsInput;

describe("each team's ingress class", () => {
  it("is for its namespace alone, and has the platform's scheme, certificate, TLS policy and attributes", () => {
    expect(classes()).toMatchObject({
      "IngressClass alb-pets": {
        spec: {
          controller: "ingress.k8s.aws/alb",
          parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb-pets" },
        },
      },
      "IngressClassParams alb-pets": {
        spec: {
          namespaceSelector: { matchLabels: { team: "pets" } },
          group: { name: "dev-a-pets" },
          scheme: "internet-facing",
          targetType: "ip",
          certificateArn: ["${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.certificateArn}"],
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          sslRedirectPort: "443",
          loadBalancerAttributes: [
            { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
            { key: "deletion_protection.enabled", value: "true" },
          ],
        },
      },
    });
    expect(Object.keys(classes())).toHaveLength(2 * Object.keys(dev.teams).length);
  });

  it("has a load balancer of its own, unless the settings say who shares one", () => {
    const groups = (input?: K8sPlatformSettingsInput) =>
      Object.values(classes(dev, input)).flatMap(({ spec }) => (spec.group === undefined ? [] : [spec.group.name]));
    expect(new Set(groups()).size).toBe(Object.keys(dev.teams).length);
    const shared = share({ name: "inside", teams: ["pets", "shop"], reason: "few requests, one budget" });
    expect(classes(dev, shared)["IngressClassParams alb-pets"]).toMatchObject({
      spec: { group: { name: "dev-a-inside" }, namespaceSelector: { matchLabels: { team: "pets" } } },
    });
    expect(groups(shared).filter((name) => name === "dev-a-inside")).toHaveLength(2);
    expect(new Set(groups(shared)).size).toBe(Object.keys(dev.teams).length - 1);
  });

  it("puts the load balancer where its scheme belongs, into subnets of load balancers alone", () => {
    const listed = (subnets: string) =>
      `\${join("\\",\\"", data.terraform_remote_state.infra-network-v2.outputs.network_v2.${subnets})}`;
    for (const [scheme, subnets] of [
      ["internet-facing", "publicSubnetIds"],
      ["internal", "internalSubnetIds"],
    ] as const) {
      const exposures: Environment["exposures"] = [{ kind: "alb-ingress", scheme }];
      expect(classes({ ...dev, exposures })["IngressClassParams alb-pets"]).toMatchObject({
        spec: { scheme, subnets: { ids: [listed(subnets)] } },
      });
    }
  });

  it("names infra's web ACL where the environment has one, which no Ingress can then leave out or replace", () => {
    const guarded: Environment["exposures"] = [{ kind: "alb-ingress", scheme: "internal", waf: true }];
    const wafv2AclArn = "${data.terraform_remote_state.infra-webAcl-v1.outputs.webAcl_v1.webAclArn}";
    for (const team of Object.keys(dev.teams))
      expect(classes({ ...dev, exposures: guarded })[`IngressClassParams alb-${team}`]).toMatchObject({
        spec: { wafv2AclArn },
      });
    expect(JSON.stringify(classes())).not.toContain("wafv2AclArn");
  });

  it("is not there where no controller of the platform's would act on it", () => {
    const exposures: Environment["exposures"] = [{ kind: "target-group-binding", apps: ["petstore"] }];
    expect(() => classes({ ...dev, exposures })).toThrow("no release ingress-classes");
    expect(() => classes(devOn("auto-mode"))).toThrow("no release ingress-classes");
  });

  it("is refused where EKS's own controller would make its load balancer", () => {
    expect(() => classes({ ...devOn("auto-mode"), exposures: dev.exposures })).toThrow(
      /exposures: "alb-ingress" does not reach apps in cluster "a", whose pods run on auto-mode: .*no TLS policy/,
    );
  });

  it("is one that ExternalDNS writes records for, whose annotations are the platform's", () => {
    const values = valuesOf(releaseNamed(addonsStack(), "external-dns"))[0];
    expect(values).toMatchObject({
      extraArgs: {
        "ingress-class": ["alb-infra", "alb-platform", "alb-pets", "alb-shop"],
        "annotation-prefix": "external-dns.demarc/",
      },
      env: expect.arrayContaining([{ name: "EXTERNAL_DNS_IGNORE_INGRESS_TLS_SPEC", value: "true" }]),
    });
  });
});

describe("shared load balancers that do not fit", () => {
  const problems = (environment: Environment, ...shared: unknown[]) => {
    try {
      return String(settingsOf({ dev: share(...shared) }, environment).tenancy.loadBalancers.shared.length);
    } catch (fault) {
      return String(fault);
    }
  };
  const reason = "few requests, one budget";

  it.each<[string, object[], RegExp]>([
    ["an unknown team", [{ name: "x", teams: ["pets", "dogs"], reason }], /there is no team "dogs"/],
    ["a team twice", [{ name: "x", teams: ["pets", "pets"], reason }], /team "pets" shares a load balancer already/],
    [
      "a team in two",
      [
        { name: "x", teams: ["pets", "shop"], reason },
        { name: "y", teams: ["shop", "infra"], reason },
      ],
      /shared\.1: team "shop" shares a load balancer already/,
    ],
    ["a team's name", [{ name: "shop", teams: ["pets", "infra"], reason }], /"shop" is a team's/],
    ["no reason", [{ name: "x", teams: ["pets", "shop"], reason: "   cheap   " }], /10 characters or more/],
    ["one team", [{ name: "x", teams: ["pets"], reason }], /two teams or more/],
    ["no name", [{ name: "X_", teams: ["pets", "shop"], reason }], /one short DNS label/],
  ])("are refused: %s", (_, shared, message) => {
    expect(problems(dev, ...shared)).toMatch(message);
  });

  it("are refused where two have one name, and where the group's name is too long for the controller", () => {
    const teams = { ...dev.teams, one: { roles: ["team/one"] }, two: { roles: ["team/two"] } };
    const twice = [
      { name: "x", teams: ["pets", "shop"], reason },
      { name: "x", teams: ["one", "two"], reason },
    ];
    expect(problems({ ...dev, teams }, ...twice)).toMatch(/there are two of the name "x"/);
    const long = "t".repeat(58);
    expect(problems({ ...dev, teams: { ...dev.teams, [long]: { roles: ["team/long"] } } })).toMatch(
      /more than 63 characters/,
    );
    expect(problems(dev)).toBe("0");
  });
});
