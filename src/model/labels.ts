/** Label of our images that tells when they were built, ISO 8601 in UTC. */
export const BUILT_AT = 'smart-image-build.built-at'

/** Label of our images: a JSON object, name of a build context → digest of the image of ours that it was. */
export const PARENTS = 'smart-image-build.parents'
