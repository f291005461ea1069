import { z } from "zod";
import { documentFaults } from "./problems";

const document = z
  .record(z.string(), z.unknown(), "must be an OpenAPI 3.0 document, as data")
  .superRefine((given, context) => {
    for (const { at, rule } of documentFaults(given))
      context.addIssue({ code: "custom", path: [...at], message: rule });
  });

const whole = (what: string) => z.int(`must be a whole number of ${what}`).min(1, `must be at least 1`);

/** An app's REST API, where the environment's exposure is by such (`api-gateway`). */
export const restApiSettings = z.strictObject({
  /**
   * OpenAPI 3.0 document of what the app answers, each path in full. API Gateway lets in these operations alone, with the key of the
   * app's usage plan in x-api-key, and passes them on to the app with their path, query and declared headers.
   */
  document,
  /** Whether the API is reached by the app's host name; else by the name that API Gateway gives it. @default true */
  domain: z.boolean("must be true or false").default(true),
  /** Requests of all callers that are let in, in the steady state and at once; what is above is answered with 429. */
  throttle: z
    .strictObject({
      /** @default 100 */
      requestsPerSecond: whole("requests").default(100),
      /** @default 200 */
      burst: whole("requests").default(200),
    })
    .prefault({}),
  /** Requests that the key is good for. @default as many as the throttle lets in */
  quota: z
    .strictObject({
      requests: whole("requests"),
      period: z.enum(["DAY", "WEEK", "MONTH"], "must be DAY, WEEK or MONTH"),
    })
    .optional(),
});

export type RestApiSettings = z.output<typeof restApiSettings>;
