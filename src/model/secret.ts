/** What a build is handed under an id, and never keeps. Values are in no argument list, no log and no fingerprint. */
export type Secret =
  | { readonly id: string; readonly kind: 'value'; readonly value: string }
  /** The value of an environment variable. */
  | { readonly id: string; readonly kind: 'variable'; readonly variable: string }
  /** What a file holds; relative to the repository root, or absolute. */
  | { readonly id: string; readonly kind: 'file'; readonly path: string }
