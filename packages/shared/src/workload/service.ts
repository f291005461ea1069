import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { Construct } from "constructs";
import { metadata, PORT_NAME, type Workload } from "./workload";

/** The app's name and address inside the cluster. Its port is named like the container's, so that nothing repeats the number. */
export function service(scope: Construct, app: Workload): ServiceV1 {
  const port = { name: PORT_NAME, port: app.settings.port, targetPort: PORT_NAME, protocol: "TCP" };
  return new ServiceV1(scope, "service", {
    metadata: metadata(app),
    spec: { type: "ClusterIP", selector: app.selector, port: [port] },
  });
}
