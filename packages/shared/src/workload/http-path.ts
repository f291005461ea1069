const CHARACTER = "([A-Za-z0-9_.~!$&()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const SEGMENTS = `${CHARACTER}+(/${CHARACTER}+)*/?`;

/**
 * What a probe or a load balancer's health check asks: path and query of RFC 3986, but for `'`. Two slashes at its start would be a
 * host. It is an expression of RE2 too, with no quotation mark and no backslash, for policies.
 */
export const HTTP_PATH = `^/(${SEGMENTS})?([?](${CHARACTER}|[/?])*)?$`;

/** Characters of a health check's path (ELB API, CreateTargetGroup, HealthCheckPath). */
export const LONGEST_HTTP_PATH = 1024;
