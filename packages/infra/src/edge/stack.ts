import { consume, publish } from "@demarc/shared/contract";
import { accessLogsContract, dnsContract, edgeContract, keysContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { chosenId, WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { WebAcl } from "../web-acl/web-acl";
import { WebAclLog } from "../web-acl/web-acl-log";
import { type ExposedHost, portsOf } from "./exposed";
import { Host } from "./host";
import { Listeners } from "./listeners";
import { LoadBalancer } from "./load-balancer";
import { edgeName } from "./names";
import { albSettings, type EdgeSettings } from "./settings";

/**
 * The way in, where infra owns it (exposure `target-group-binding`): ALB, web ACL, records, and the target groups that pods bind to. It is
 * there before any cluster, and no change of a cluster or an app touches it.
 */
export class EdgeStack extends WorkspaceStack {
  constructor(
    app: App,
    environment: Environment,
    hosts: readonly ExposedHost[],
    settings: EdgeSettings,
    retain: RetainSettings,
  ) {
    super(app, { workspace: infra, stack: "edge", environment });
    const name = edgeName(environment);
    const network = consume(this, networkContract);
    const zone = consume(this, dnsContract);
    const { deletionProtection } = settings;
    const { waf } = albSettings(settings);

    const balancer = new LoadBalancer(this, "load-balancer", {
      name,
      network,
      ports: portsOf(hosts),
      logBucket: consume(this, accessLogsContract).bucketName,
      deletionProtection,
    });
    const webAcl = new WebAcl(this, "web-acl", { name, description: "Guards the ALB", settings: waf });
    // infra associates it: no change of a cluster or an app takes it away.
    const guard = webAcl.guard(balancer.arn);
    const keeping = { keyArn: consume(this, keysContract).logKeyArn, retained: retain.logs };
    const { logRetentionDays: retentionDays } = waf;
    new WebAclLog(this, "web-acl-log", { environment, name, webAclArn: webAcl.arn, retentionDays, keeping });
    const { httpsArn: listenerArn } = new Listeners(this, "listeners", {
      loadBalancerArn: balancer.arn,
      certificateArn: zone.certificateArn,
      guard,
    });
    const places = { environment, vpcId: network.vpcId, balancer, listenerArn, zone };
    const made = hosts.map((host) => new Host(this, chosenId("host", host.hostname), { host, ...places }));

    publish(this, edgeContract, {
      targetGroupArns: Object.fromEntries(made.flatMap(({ targetGroupArns }) => Object.entries(targetGroupArns))),
      securityGroupId: balancer.securityGroupId,
      subnetCidrs: network.publicSubnetCidrs,
      vpcLinkIds: undefined,
    });
  }
}
