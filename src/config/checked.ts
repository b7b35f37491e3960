/** What a check of one written value gives: the value in its final form, or what is wrong with it and how to mend it. */
export type Checked<T> = { readonly value: T } | { readonly problem: string }
