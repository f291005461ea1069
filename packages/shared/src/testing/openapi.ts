/** An OpenAPI document with one of everything that an API has: parameters of each place, a body, bytes, a schema of a schema. */
export const openapi = {
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer" } },
          { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "x-trace", in: "header", schema: { type: "string" } },
        ],
        responses: { "200": { description: "pets" } },
      },
      post: {
        operationId: "addPet",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: { "201": { description: "the pet" } },
      },
    },
    "/pets/{petId}": {
      parameters: [{ $ref: "#/components/parameters/petId" }],
      get: { operationId: "showPet", responses: { "200": { description: "a pet" } } },
      put: {
        operationId: "picture",
        requestBody: { content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } },
        responses: { "204": { description: "taken" } },
      },
    },
  },
  components: {
    parameters: { petId: { name: "petId", in: "path", required: true, schema: { type: "integer" } } },
    schemas: {
      Pet: { type: "object", properties: { name: { type: "string" }, kind: { $ref: "#/components/schemas/Kind" } } },
      Kind: { type: "string" },
    },
  },
};
