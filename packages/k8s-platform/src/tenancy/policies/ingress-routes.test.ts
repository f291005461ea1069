import { refusals } from "../../testing/admission";

const route = (...matches: string[]) => ({
  metadata: { name: "petstore", namespace: "pets" },
  spec: { routes: matches.map((match) => ({ kind: "Rule", match, services: [{ name: "petstore", port: 80 }] })) },
});
const OWN = "Host(`petstore.dev.example.com`)";

/** Refusals of a route that is made, which are those of one that is changed to it. */
function refused(object: unknown): string[] {
  const created = refusals("ingress-routes", { object });
  expect(refusals("ingress-routes", { object, oldObject: route(OWN) })).toEqual(created);
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
  expect(refused({ metadata: {}, spec: { routes: [{ kind: "Rule" }] } })).toHaveLength(1);
  const { metadata, spec } = route(OWN);
  expect(
    refused({ metadata, spec: { ...spec, tls: { domains: [{ main: "storefront.dev.example.com" }] } } }),
  ).toHaveLength(1);
  expect(refused({ metadata, spec: { ...spec, parentRefs: [{ name: "x", namespace: "shop" }] } })).toHaveLength(1);
});
