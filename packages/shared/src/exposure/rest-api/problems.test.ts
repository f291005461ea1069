import { openapi } from "../../testing";
import { documentFaults } from "./problems";

type Change = (document: typeof openapi) => unknown;

const changed = (change: Change): Record<string, unknown> => {
  const document = structuredClone(openapi);
  change(document);
  return document;
};

const said = (document: Record<string, unknown>) =>
  documentFaults(document).map(({ at, rule }) => `${at.join(".")}: ${rule}`);

const list = (document: typeof openapi) => document.paths["/pets"].get;
const pet = (document: typeof openapi): Record<string, unknown> => document.components.schemas.Pet;

describe("an app's OpenAPI document", () => {
  it("may have what API Gateway imports", () => {
    expect(said(openapi)).toEqual([]);
  });

  it.each<[string, Change, string]>([
    ["of another version", (it) => (it.openapi = "3.1.0"), "openapi: must be 3.0"],
    ["without a title", (it) => (it.info.title = ""), "info.title: must be a text"],
    ["with servers", (it) => Object.assign(it, { servers: [{ url: "/v1" }] }), "servers: is ignored by API Gateway"],
    ["that opens all", (it) => Object.assign(it, { security: [] }), "security: is not for the document to say"],
    [
      "that opens an operation",
      (it) => Object.assign(list(it), { security: [] }),
      "paths./pets.get.security: is not for",
    ],
    [
      "with another kind of key",
      (it) => Object.assign(it.components, { securitySchemes: { auth: { type: "oauth2" } } }),
      "components.securitySchemes: is not for the document",
    ],
    [
      "that leads elsewhere",
      (it) => Object.assign(list(it), { "x-amazon-apigateway-integration": { type: "http" } }),
      "paths./pets.get.x-amazon-apigateway-integration: is generated",
    ],
    [
      "of any method",
      (it) => Object.assign(it.paths["/pets"], { "x-amazon-apigateway-any-method": {} }),
      "paths./pets.x-amazon-apigateway-any-method: is generated",
    ],
    [
      "of a method that it has not",
      (it) => Object.assign(it.paths["/pets"], { trace: {} }),
      "paths./pets.trace: must be one of get",
    ],
    ["without operations", (it) => Object.assign(it, { paths: {} }), "paths: must have an operation"],
    [
      "of a reserved path",
      (it) => Object.assign(it.paths, { "/ping": {} }),
      "paths./ping: is a path that API Gateway answers",
    ],
    ["of half a parameter", (it) => Object.assign(it.paths, { "/a-{b}": {} }), "paths./a-{b}: must be a path of parts"],
    [
      "of two names for one place",
      (it) => Object.assign(it.paths, { "/pets/{id}/x": {} }),
      "paths./pets/{id}/x: has a parameter where /pets/{petId} has",
    ],
    [
      "of a name twice",
      (it) => (it.paths["/pets"].post.operationId = "listPets"),
      "operationId: is that of get /pets already",
    ],
    ["of no name", (it) => (list(it).operationId = "list-pets"), "operationId: must be a name of letters and digits"],
    [
      "with an answer by default",
      (it) => Object.assign(list(it).responses, { default: { description: "else" } }),
      "responses.default: must be of one status code",
    ],
    ["without an answer", (it) => Object.assign(list(it), { responses: {} }), "responses: must have a response"],
    [
      "that drops a parameter",
      (it) => (it.paths["/pets/{petId}"].parameters = []),
      'must declare the path\'s parameter "petId"',
    ],
    [
      "with a cookie",
      (it) => list(it).parameters.push({ name: "c", in: "cookie", schema: { type: "string" } }),
      'has cookie parameter "c", which API Gateway does not have',
    ],
    [
      "that declares the key",
      (it) => list(it).parameters.push({ name: "X-Api-Key", in: "header", schema: { type: "string" } }),
      'has header parameter "X-Api-Key", which is not for a document',
    ],
    [
      "with a keyword too many",
      (it) => Object.assign(pet(it), { additionalProperties: {} }),
      "additionalProperties: is a keyword",
    ],
    [
      "with one in a part of a part",
      (it) => Object.assign(it.components.schemas.Pet.properties.name, { example: "Rex" }),
      "components.schemas.Pet.properties.name.example: is a keyword",
    ],
    [
      "with a schema of itself",
      (it) => Object.assign(it.components.schemas.Kind, { items: { $ref: "#/components/schemas/Pet" } }),
      "components.schemas.Pet: refers to itself",
    ],
    [
      "with a name that models cannot have",
      (it) => Object.assign(it.components.schemas, { "Old-Pet": { type: "object" } }),
      "components.schemas.Old-Pet: must have a name of letters",
    ],
    [
      "that refers to nothing",
      (it) => (it.components.schemas.Pet.properties.kind.$ref = "#/components/schemas/Nobody"),
      "kind.$ref: must name a part of this document's components",
    ],
    [
      "that refers to another file",
      (it) => (it.components.schemas.Pet.properties.kind.$ref = "https://example.com/kind.json"),
      "kind.$ref: must name a part of this document's components",
    ],
    ["of more than 6 MB", (it) => (it.info.title = "x".repeat(6 * 2 ** 20)), ": is above the 6 MB"],
  ])("%s is not taken", (_, change, message) => {
    expect(said(changed(change)).join("\n")).toContain(message);
  });

  it("tells all that is wrong at once", () => {
    const document = changed((it) => {
      it.openapi = "2.0";
      list(it).operationId = "";
    });
    expect(said(document)).toHaveLength(2);
  });
});
