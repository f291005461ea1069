import type { RestApiSettings } from "../exposure";
import { devReachedBy } from "./environments";
import type { SynthesizedStack } from "./synthesized";
import { storefront } from "./web-application";

/** The stack of an app with that document, in dev where apps have REST APIs behind load balancers of their own. */
export function restApiApp(document: RestApiSettings["document"]): SynthesizedStack {
  return storefront(
    { api: { document } },
    { environment: devReachedBy({ kind: "api-gateway", loadBalancer: "service", waf: true }) },
  );
}
