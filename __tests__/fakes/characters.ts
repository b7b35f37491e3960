import fc from './seeded.js'

/** What UTF-16 says other characters with; alone they are none. */
const SURROGATES = { from: 0xd800, count: 0x800 }

/**
 * Any character, as a `unit` of `fc.string`. Its own unit `binary` gives the same, but first lists all 1.1 million of
 * them in a map, which takes a second.
 */
export const CHARACTER = fc.integer({ min: 0, max: 0x10ffff - SURROGATES.count }).map(
  (place) => String.fromCodePoint(place < SURROGATES.from ? place : place + SURROGATES.count),
  (character) => {
    const code = (character as string).codePointAt(0) ?? NaN
    if (String.fromCodePoint(code) !== character) throw new Error('not one character')
    return code < SURROGATES.from ? code : code - SURROGATES.count
  },
)
