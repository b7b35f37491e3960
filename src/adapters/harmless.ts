/**
 * Text of builds and file names must not be read as workflow commands: the runner takes `::name::` at the start of a
 * line, after white space as .NET knows it, and `##[name]` anywhere in it.
 */
export function withoutCommands(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1:\u200B').replaceAll('##[', '#\u200B#['))
    .join('\n')
}

/** A colour, which is what a report of ours may hold, or a control or direction-changing character. */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const COLOR_OR_CONTROL = /\u001b\[[\d;]*m|(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu

/** Nor may it move the cursor, set the window's title or turn the direction of what follows. */
export function forTerminal(text: string): string {
  return withoutCommands(text).replace(COLOR_OR_CONTROL, (found) => (found.length > 1 ? found : '\uFFFD'))
}
