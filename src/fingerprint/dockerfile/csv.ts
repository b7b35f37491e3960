/** Fields of one line of CSV, strict about quotes as Go is; `undefined` for a line that Go refuses, and for none. */
export function csvFields(line: string): string[] | undefined {
  const text = line.replace(/\r?\n$/, '')
  if (text === '') return undefined
  const fields: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",][^",]*|))(,|$)/y
  for (;;) {
    const found = field.exec(text)
    if (found === null) return undefined
    const [, quoted, bare = '', end] = found
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end === '') return fields
  }
}
