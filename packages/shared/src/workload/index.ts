export { ApplicationStack, type ApplicationStackProps } from "./application-stack";
export { imageReference, replicas } from "./schema";
export { type Literal, WebApplication, type WebApplicationProps } from "./web-application";
