export { ApplicationStack, type ApplicationStackProps } from "./application-stack";
export { HTTP_PATH, LONGEST_HTTP_PATH } from "./http-path";
export { imageReference, replicas } from "./schema";
export { LONGEST_GRACE_SECONDS } from "./stopping";
export { type Literal, WebApplication, type WebApplicationProps } from "./web-application";
