import manifest from "../../../../package.json";

/** Where this code lives: the tag that leads from a resource in AWS back to whoever made it. */
export const REPOSITORY = manifest.repository;
