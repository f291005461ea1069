import { refusals } from "../../testing/admission";

const withService = (of: object, ...matches: string[]) => ({
  metadata: { name: "petstore", namespace: "pets" },
  spec: {
    entryPoints: ["web"],
    routes: matches.map((match) => ({ kind: "Rule", match, services: [{ name: "petstore", port: 80, ...of }] })),
  },
});
const route = (...matches: string[]) => withService({}, ...matches);
const OWN = "Host(`petstore.dev.example.com`)";
const ROUTED = { exposures: [{ kind: "traefik" as const, scheme: "internal" as const }] };

/** Refusals of a route that is made, which are those of one that is changed to it. */
function refused(object: unknown): string[] {
  const created = refusals("ingress-routes", { object }, ROUTED);
  expect(refusals("ingress-routes", { object, oldObject: route(OWN) }, ROUTED)).toEqual(created);
  return created;
}

it("lets a team's route have its hosts, and paths of them", () => {
  expect(refused(route(OWN, `${OWN} && PathPrefix(\`/pets\`) && Path(\`/pets/1\`)`))).toEqual([]);
});

it.each([
  ["another team's host", "Host(`storefront.dev.example.com`)"],
  ["capitals", "Host(`PETSTORE.dev.example.com`)"],
  ["the root's dot", "Host(`petstore.dev.example.com.`)"],
  ["an empty host", "Host(``)"],
  ["a wildcard", "Host(`*.dev.example.com`)"],
  ["two hosts at once", "Host(`petstore.dev.example.com`,`storefront.dev.example.com`)"],
  ["one or the other", `${OWN} || Host(\`storefront.dev.example.com\`)`],
  ["one that its own stands before", `${OWN} && Host(\`storefront.dev.example.com\`)`],
  ["what its own is in", "Host(`x`) && PathPrefix(`/Host(petstore.dev.example.com)`)"],
  ["all but its own", `!${OWN}`],
  ["a pattern", "HostRegexp(`.*`)"],
  ["TLS's name", "HostSNI(`*`)"],
  ["a header", "Header(`Host`, `storefront.dev.example.com`)"],
  ["a path of every host", "PathPrefix(`/`)"],
  ["nothing", ""],
  ["other quotes", 'Host("petstore.dev.example.com")'],
  ["a method after it", `${OWN} && Method(\`GET\`)`],
  ["a path that ends its quotes", `${OWN} && Path(\`/\`) || Host(\`storefront.dev.example.com\`)`],
])("refuses a route for %s, even beside its own", (_, match) => {
  expect(refused(route(match))).not.toEqual([]);
  expect(refused(route(OWN, match))).not.toEqual([]);
});

it("refuses what cannot be looked through, TLS and routes that hang from others", () => {
  expect(refused({ metadata: {}, spec: { entryPoints: ["web"], routes: [{ kind: "Rule" }] } })).toHaveLength(1);
  const { metadata, spec } = route(OWN);
  expect(
    refused({ metadata, spec: { ...spec, tls: { domains: [{ main: "storefront.dev.example.com" }] } } }),
  ).toHaveLength(1);
  expect(refused({ metadata, spec: { ...spec, parentRefs: [{ name: "x", namespace: "shop" }] } })).toHaveLength(1);
});

describe("a route's Service", () => {
  it("is of its own namespace, and may have a share of the requests", () => {
    expect(refused(withService({ kind: "Service", namespace: "pets", weight: 2, passHostHeader: true }, OWN))).toEqual(
      [],
    );
    expect(refused(withService({ port: "http", scheme: "h2c", sticky: { cookie: {} } }, OWN))).toEqual([]);
  });

  it.each<[string, object]>([
    ["another team's", { namespace: "shop" }],
    ["Traefik's own API", { kind: "TraefikService", name: "api@internal" }],
    ["another provider's", { name: "petstore@file" }],
    ["one that is asked over TLS which nobody verifies", { serversTransport: "insecure" }],
    ["behind the nodes' addresses", { nodePortLB: true }],
    ["with a Middleware", { middlewares: [{ name: "login" }] }],
  ])("is not %s", (_, of) => {
    expect(refused(withService(of, OWN))).toHaveLength(1);
  });
});

describe("a route", () => {
  const spec = route(OWN);
  const changed = (of: object) => refused({ ...spec, spec: { ...spec.spec, ...of } });

  it("takes requests where the load balancer sends to, and nowhere else", () => {
    for (const entryPoints of [undefined, [], ["traefik"], ["web", "websecure"]])
      expect(changed(JSON.parse(JSON.stringify({ entryPoints: entryPoints ?? null })) as object)).toHaveLength(1);
  });

  it.each(["middlewares", "priority", "syntax", "observability"])("says nothing of %s", (field) => {
    expect(changed({ routes: spec.spec.routes.map((one) => ({ ...one, [field]: "x" })) })).toHaveLength(1);
  });

  it("takes no more of the router's memory than a route needs", () => {
    expect(refused(route(`${OWN} && Path(\`/${"x".repeat(500)}\`)`))).toHaveLength(1);
    expect(refused(route(...Array<string>(20).fill(OWN)))).toEqual([]);
    expect(refused(route(...Array<string>(21).fill(OWN)))).toHaveLength(1);
  });
});

it("refuses every other kind of Traefik's in a team's namespace, whatever is in it", () => {
  const object = { metadata: { name: "x", namespace: "pets" }, spec: {} };
  expect(refusals("traefik", { object }, ROUTED)).toHaveLength(1);
});
