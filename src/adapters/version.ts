import manifest from '../../package.json' with { type: 'json' }

/** Version of this software, as published. */
export const VERSION: string = manifest.version
