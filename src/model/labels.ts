/** Label of our images: the fingerprint of what is in them. */
export const FINGERPRINT = 'smart-image-build.fingerprint'

/** OCI label of images: the commit that they were built from. */
export const REVISION = 'org.opencontainers.image.revision'

/** Label of the containers in which images show that they work; a container has those of its image, too. */
export const TRIAL = 'smart-image-build.trial'

/** Label of our images that tells when they were built, ISO 8601 in UTC. */
export const BUILT_AT = 'smart-image-build.built-at'

/** Label of our images: a JSON object, name of a build context → digest of the image of ours that it was. */
export const PARENTS = 'smart-image-build.parents'
